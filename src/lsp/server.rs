//! The conversation with the editor.

use super::position::Lines;
use super::{Check, action, diagnostic, hover};
use crate::report::Checked;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverParams, HoverProviderCapability,
    PublishDiagnosticsParams, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::error::Error;
use std::path::PathBuf;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Serves until the editor says goodbye.
///
/// # Errors
/// The conversation broke off.
pub fn serve(check: &dyn Check) -> Result<()> {
    let (connection, threads) = Connection::stdio();
    let capabilities = ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    };
    connection.initialize(serde_json::to_value(capabilities)?)?;
    let mut server = Server { check, connection: &connection, open: HashMap::new() };
    server.listen()?;
    drop(connection);
    threads.join()?;
    Ok(())
}

/// An open file and what was last said about it.
struct Open {
    path: PathBuf,
    lines: Lines,
    checked: Option<Checked>,
}

struct Server<'a> {
    check: &'a dyn Check,
    connection: &'a Connection,
    open: HashMap<String, Open>,
}

impl Server<'_> {
    fn listen(&mut self) -> Result<()> {
        for message in &self.connection.receiver {
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    let response = self.answer(request);
                    self.connection.sender.send(Message::Response(response))?;
                }
                Message::Notification(notification) => self.take(notification)?,
                Message::Response(_) => {}
            }
        }
        Ok(())
    }

    fn answer(&self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let result = match method.as_str() {
            HoverRequest::METHOD => read(params).and_then(|p| Ok(serde_json::to_value(self.hover(&p))?)),
            CodeActionRequest::METHOD => read(params).and_then(|p| Ok(serde_json::to_value(self.actions(&p))?)),
            _ => {
                let what = format!("sro-lint has no {method}");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, what);
            }
        };
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    fn hover(&self, params: &HoverParams) -> Option<lsp_types::Hover> {
        let at = &params.text_document_position_params;
        let open = self.open.get(at.text_document.uri.as_str())?;
        hover::at(self.check, &open.path, open.checked.as_ref()?, &open.lines, at.position)
    }

    fn actions(&self, params: &CodeActionParams) -> Vec<lsp_types::CodeActionOrCommand> {
        let uri = &params.text_document.uri;
        let Some(open) = self.open.get(uri.as_str()) else { return Vec::new() };
        let Some(checked) = &open.checked else { return Vec::new() };
        action::all(checked, &open.lines, uri, &params.context.diagnostics)
    }

    /// A notification that cannot be read is let go: there is nobody to tell.
    fn take(&mut self, notification: Notification) -> Result<()> {
        let Notification { method, params } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => {
                let Ok(DidOpenTextDocumentParams { text_document: document }) = read(params) else { return Ok(()) };
                self.see(document.uri, Some(document.version), document.text)
            }
            DidChangeTextDocument::METHOD => {
                let Ok(DidChangeTextDocumentParams { text_document, content_changes }) = read(params) else {
                    return Ok(());
                };
                let Some(change) = content_changes.into_iter().last() else { return Ok(()) };
                self.see(text_document.uri, Some(text_document.version), change.text)
            }
            DidCloseTextDocument::METHOD => {
                let Ok(DidCloseTextDocumentParams { text_document }) = read(params) else { return Ok(()) };
                self.open.remove(text_document.uri.as_str());
                self.publish(text_document.uri, None, Vec::new())
            }
            _ => Ok(()),
        }
    }

    fn see(&mut self, uri: Uri, version: Option<i32>, text: String) -> Result<()> {
        let path = path(&uri);
        let result = self.check.check(&path, &text);
        let lines = Lines::new(text);
        let (checked, diagnostics) = match result {
            Ok(checked) => {
                let diagnostics = diagnostic::all(&checked, &lines);
                (Some(checked), diagnostics)
            }
            Err(why) => (None, vec![diagnostic::unchecked(&why)]),
        };
        self.open.insert(uri.as_str().to_owned(), Open { path, lines, checked });
        self.publish(uri, version, diagnostics)
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<lsp_types::Diagnostic>) -> Result<()> {
        let params = PublishDiagnosticsParams { uri, version, diagnostics };
        let notification = Notification::new(PublishDiagnostics::METHOD.to_owned(), params);
        Ok(self.connection.sender.send(Message::Notification(notification))?)
    }
}

fn read<T: DeserializeOwned>(params: serde_json::Value) -> Result<T> {
    Ok(serde_json::from_value(params)?)
}

/// The path of a file's address; what is no file (a text not yet saved) goes by a name in the working folder.
fn path(uri: &Uri) -> PathBuf {
    let Some(rest) = uri.as_str().strip_prefix("file://") else { return PathBuf::from("untitled.md") };
    let rest = rest.get(rest.find('/').unwrap_or(0)..).unwrap_or_default();
    let mut bytes = Vec::with_capacity(rest.len());
    let mut at = rest.bytes();
    while let Some(byte) = at.next() {
        let mut ahead = at.clone();
        let digits = [ahead.next(), ahead.next()].map(|d| d.and_then(|d| char::from(d).to_digit(16)));
        match (byte, digits) {
            (b'%', [Some(high), Some(low)]) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
