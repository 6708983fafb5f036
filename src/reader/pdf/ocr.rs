//! Scans, read through the OCR programs of the machine: `pdftoppm` draws the pages, `tesseract` recognises the
//! words and puts them into a PDF with a text layer, and that PDF is read like any other.

use super::super::{Limits, ReadError};
use crate::document::Document;
use crate::transient::Folder;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Dots per inch; tesseract is made for 300.
const RESOLUTION: &str = "300";
/// Most pages that are recognised: a page takes seconds.
const PAGES: usize = 300;
/// The longest that each of the two programs may take.
const LONGEST: Duration = Duration::from_secs(900);
/// How often a running program is looked after.
const LOOK: Duration = Duration::from_millis(20);

/// Reads a PDF by the pictures of its pages.
///
/// # Errors
/// If a program is missing or fails, or the pages show no words.
pub fn read_by_ocr(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let folder = Folder::new().map_err(|error| failed(&format!("no temporary folder: {error}")))?;
    let folder = folder.path();
    fs::write(folder.join("in.pdf"), bytes).map_err(|error| failed(&error.to_string()))?;
    let last = limits.pages.min(PAGES).to_string();
    run(Command::new("pdftoppm").args(["-png", "-gray", "-r", RESOLUTION, "-l", &last, "in.pdf", "page"]), folder)?;
    let pages = pictures(folder).map_err(|error| failed(&error.to_string()))?;
    if pages.is_empty() {
        return Err(failed("pdftoppm drew no page"));
    }
    fs::write(folder.join("pages.txt"), pages.join("\n")).map_err(|error| failed(&error.to_string()))?;
    run(Command::new("tesseract").args(["pages.txt", "out", "pdf"]), folder)?;
    let layered = fs::read(folder.join("out.pdf")).map_err(|error| failed(&error.to_string()))?;
    let mut document = super::read(&layered, limits).map_err(|error| match error {
        ReadError::Scan | ReadError::NoLetters => ReadError::NoText,
        other => other,
    })?;
    document.add_remark("read by OCR: letters may be wrong, compare with the pages".to_owned());
    Ok(document)
}

/// The pictures in a folder, in the order of their pages.
fn pictures(folder: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".png"))
        .collect();
    // pdftoppm pads the numbers, so names sort like pages.
    names.sort();
    Ok(names)
}

fn failed(detail: &str) -> ReadError {
    ReadError::OcrFailed { detail: detail.to_owned() }
}

/// Runs a program in a folder until it ends or its time is up.
fn run(command: &mut Command, folder: &Path) -> Result<(), ReadError> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::OcrMissing { program: program.clone() },
        _ => failed(&format!("{program}: {error}")),
    })?;
    match wait(child) {
        Ok(true) => Ok(()),
        Ok(false) => Err(failed(&format!("{program} could not work with it"))),
        Err(error) => Err(failed(&format!("{program}: {error}"))),
    }
}

/// Waits for a program; one that takes too long is ended.
fn wait(mut child: Child) -> io::Result<bool> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if begun.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::new(io::ErrorKind::TimedOut, "it took too long"));
        }
        thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program-of-ours"), Path::new(".")).expect_err("missing");
        assert!(error.to_string().contains("`no-such-program-of-ours`"), "{error}");
    }
}
