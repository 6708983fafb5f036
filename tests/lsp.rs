//! A real conversation of an editor with `sro-lint lsp` over standard input and output.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

const TEXT: &str = "# Agreement 🚸\n\n## Discipline\n\n🚸 The officer may hand out detention.\n\n## Training\n\n\
                    Officers learn first aid.\n\n## Signatures\n\nSigned.\n";

/// A configuration that says nothing of the document's own health: its checks are tested elsewhere.
fn quiet(config: &str) -> String {
    let ids = include_str!("../rules/document.yaml").lines().filter_map(|line| line.strip_prefix("  - id: "));
    format!("{config}severities: {{{}}}\n", ids.map(|id| format!("{id}: 'off'")).collect::<Vec<_>>().join(", "))
}

/// An editor with one agreement open.
struct Editor {
    folder: TempDir,
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Editor {
    fn start(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".sro-lint.yaml"), quiet(config)).unwrap();
        std::fs::write(folder.path().join("ci.yaml"), include_str!("packs/ci.yaml")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_sro-lint"))
            .args(["lsp", "--as-of", "2027-03-01"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut editor = Self { folder, child, input, output, id: 0 };
        let answer = editor.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(answer["capabilities"]["textDocumentSync"], 1);
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self) -> String {
        format!("file://{}/my%20mou.md", self.folder.path().display())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server is gone");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().unwrap(),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn reply(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let reply = self.reply(method, params);
        assert!(reply.get("error").is_none(), "{reply}");
        reply["result"].clone()
    }

    /// Opens or changes the text and waits for what is found in it.
    fn write(&mut self, version: i32, text: &str) -> Vec<Value> {
        let uri = self.uri();
        if version == 1 {
            let document = json!({ "uri": uri, "languageId": "markdown", "version": version, "text": text });
            self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        } else {
            let document = json!({ "uri": uri, "version": version });
            self.tell(
                "textDocument/didChange",
                json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
            );
        }
        let message = self.read();
        assert_eq!(message["method"], "textDocument/publishDiagnostics");
        assert_eq!(message["params"]["version"], version);
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn stop(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.input = None;
        assert!(self.child.wait().unwrap().success());
    }
}

const CONFIG: &str = "packs: [ci.yaml]\nkinds: [{path: '*.md', kind: mou}]\n";

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_come_as_one_types() {
    let mut editor = Editor::start(CONFIG);
    let found = editor.write(1, TEXT);
    assert_eq!(codes(&found), ["T-1", "T-2", "T-3"]);
    // The words of T-3, in UTF-16: the sign before them counts two.
    assert_eq!(found[2]["range"]["start"], json!({ "line": 4, "character": 0 }));
    assert_eq!(found[2]["range"]["end"], json!({ "line": 4, "character": 38 }));
    // What is missing is shown at the heading that it belongs under.
    assert_eq!(found[0]["range"]["start"]["line"], 6);
    assert_eq!(codes(&editor.write(2, &TEXT.replace("first aid", "de-escalation"))), ["T-2", "T-3"]);
    // A text that cannot be checked does not look clean.
    let found = editor.write(3, "");
    assert!(found[0]["message"].as_str().unwrap().starts_with("Not checked: "), "{found:?}");
    editor.stop();
}

#[test]
fn hovering_explains_the_requirement_with_its_evidence() {
    let mut editor = Editor::start(CONFIG);
    editor.write(1, &TEXT.replace("first aid", "de-escalation"));
    let uri = editor.uri();
    let at = |line: u32, character: u32| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
    let hover = editor.ask("textDocument/hover", at(8, 20));
    insta::assert_snapshot!(hover["contents"]["value"].as_str().unwrap(), @r#"
    T-1 Training of officers: met

    The agreement says how officers are trained.

    Evidence for de-escalation: “Officers learn de-escalation.”
    "#);
    let hover = editor.ask("textDocument/hover", at(4, 20));
    insta::assert_snapshot!(hover["contents"]["value"].as_str().unwrap(), @r#"
    T-3 Discipline: contradicted

    Officers take no part in school discipline.

    Evidence for discipline: “🚸 The officer may hand out detention.”
    These words say the opposite of what the law requires. Where: Discipline, paragraph 1. Where it belongs: Discipline. Source: Test law, § 3
    "#);
    assert_eq!(editor.ask("textDocument/hover", at(12, 2)), Value::Null);
    editor.stop();
}

#[test]
fn an_action_inserts_the_starter_clause_where_it_belongs() {
    let mut editor = Editor::start(CONFIG);
    let found = editor.write(1, TEXT);
    let uri = editor.uri();
    let params = json!({
        "textDocument": { "uri": uri }, "range": found[0]["range"], "context": { "diagnostics": [found[0], found[1]] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    let titles: Vec<_> = actions.as_array().unwrap().iter().map(|a| a["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        ["Insert a clause to start from for T-1 under “Training”", "Insert a clause to start from for T-2 at the end"]
    );
    let edit = |action: &Value| action["edit"]["changes"][&uri][0].clone();
    let first = edit(&actions[0]);
    assert_eq!(first["range"]["start"], json!({ "line": 8, "character": 25 }));
    assert_eq!(edit(&actions[1])["range"]["start"], json!({ "line": 12, "character": 7 }));
    // As an editor does it.
    let clause = first["newText"].as_str().unwrap();
    let text = TEXT.replace("first aid.", &format!("first aid.{clause}"));
    assert!(text.contains("first aid.\n\nEvery officer completes training in de-escalation"), "{text}");
    assert_eq!(codes(&editor.write(2, &text)), ["T-2", "T-3"]);
    editor.stop();
}

#[test]
fn waived_findings_are_hints_and_closing_takes_all_back() {
    let mut editor = Editor::start(CONFIG);
    let text = TEXT.replace("detention.", "detention. <!-- sro-lint: waive T-3: agreed with the union -->");
    let found = editor.write(1, &text);
    assert_eq!((&found[2]["code"], &found[2]["severity"]), (&json!("T-3"), &json!(4)));
    let uri = editor.uri();
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(editor.read()["params"]["diagnostics"], json!([]));
    editor.stop();
}

#[test]
fn a_mistake_in_the_configuration_is_shown_and_nonsense_is_survived() {
    let mut editor = Editor::start("pack: [ci.yaml]\n");
    let found = editor.write(1, TEXT);
    insta::assert_snapshot!(found[0]["message"].as_str().unwrap(), @"Not checked: .sro-lint.yaml, line 1: there is no field `pack` here (did you mean `packs`?)");
    assert_eq!(editor.reply("textDocument/hover", json!({ "position": 7 }))["error"]["code"], -32602);
    assert_eq!(editor.reply("workspace/symbol", json!({}))["error"]["code"], -32601);
    editor.tell("textDocument/didChange", json!([1, 2]));
    editor.stop();
}
