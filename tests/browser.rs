//! The HTML pages in a real browser: headless Chromium, steered over its debugging pipe without another program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // In a test a panic is the report.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A page in a browser.
struct Page {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    sent: u64,
    /// What went wrong on the page, as the browser tells it.
    complaints: Vec<String>,
    loaded: bool,
    _profile: tempfile::TempDir,
}

impl Page {
    /// Opens a file; nothing where the browser is not installed.
    fn open(path: &Path) -> Option<Self> {
        if Command::new("chromium").arg("--version").output().is_err() {
            assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "chromium is missing");
            println!("skipped: chromium is missing");
            return None;
        }
        let profile = tempfile::tempdir().unwrap();
        // The browser reads commands from descriptor 3 and answers on 4.
        let command = "exec chromium --headless --no-sandbox --disable-gpu --remote-debugging-pipe \
                       --window-size=1280,900 --user-data-dir=\"$0\" about:blank 3<&0 4>&1 >/dev/null 2>&1";
        let mut process = Command::new("sh")
            .args(["-c", command])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let (session, complaints) = (None, Vec::new());
        let mut page = Self { process, to, from, session, sent: 0, complaints, loaded: false, _profile: profile };
        let targets = page.call("Target.getTargets", json!({}));
        let targets = targets["targetInfos"].as_array().unwrap();
        let target = targets.iter().find(|t| t["type"] == "page").unwrap()["targetId"].clone();
        let attached = page.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        page.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            page.call(domain, json!({}));
        }
        page.call("Page.navigate", json!({ "url": format!("file://{}", path.display()) }));
        while !page.loaded {
            page.read();
        }
        Some(page)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        self.to.flush().unwrap();
        loop {
            let answer = self.read();
            if answer["id"] == self.sent {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    fn read(&mut self) -> Value {
        let mut message = Vec::new();
        self.from.read_until(0, &mut message).unwrap();
        let message: Value = serde_json::from_slice(message.strip_suffix(&[0]).expect("the browser ended")).unwrap();
        match message["method"].as_str() {
            Some("Page.loadEventFired") => self.loaded = true,
            Some("Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded") => {
                self.complaints.push(message["params"].to_string());
            }
            _ => {}
        }
        message
    }

    fn eval(&mut self, script: &str) -> Value {
        let result = self.call("Runtime.evaluate", json!({ "expression": script, "returnByValue": true }));
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].clone()
    }

    /// Presses a key on whatever has the focus.
    fn press(&mut self, key: &str, code: u32, text: &str) {
        let down = json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
        self.call("Input.dispatchKeyEvent", down);
        let up = json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code });
        self.call("Input.dispatchKeyEvent", up);
    }

    /// Whether all of an element's top can be seen.
    fn sees(&mut self, id: &str) -> bool {
        let script = format!(
            "(() => {{ const r = document.getElementById('{id}').getBoundingClientRect(); \
             return r.top >= -1 && r.top < innerHeight; }})()"
        );
        self.eval(&script) == true
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn lint(args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_sro-lint")).args(args).output().unwrap();
    assert!(output.status.code() != Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}

fn made(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/made").join(name).display().to_string()
}

#[test]
fn the_report_filters_and_links_both_ways_and_works_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let input = made("harborview-mou-disciplinarian.docx");
    lint(&["check", &input, "--no-config", "--format", "html", "--output", report.to_str().unwrap()]);
    let Some(mut page) = Page::open(&report) else { return };

    let shown = "[...document.querySelectorAll('.finding.error')].filter((f) => f.offsetParent).length";
    assert!(page.eval(shown).as_u64() > Some(0));
    page.eval("document.getElementById('show-error').click()");
    assert_eq!(page.eval(shown), 0);
    page.eval("document.getElementById('show-error').click()");

    // From the finding to its words in the document, and from there back.
    let link = "document.querySelector('.finding.error a[href*=\"-p0\"]')";
    let words = page.eval(&format!("{link}.getAttribute('href').slice(1)"));
    page.eval(&format!("{link}.click()"));
    assert!(page.sees(words.as_str().unwrap()));
    let marked = page.eval("document.querySelector('.anchor:target + mark').textContent");
    assert!(marked.as_str().unwrap().contains("disciplinarian"), "{marked}");
    let back = "document.querySelector('.document a.back.error')";
    let finding = page.eval(&format!("{back}.getAttribute('href').slice(1)"));
    page.eval(&format!("{back}.click()"));
    assert!(page.sees(finding.as_str().unwrap()));

    // The first stop of the tab key is a filter, and the space bar works it.
    page.eval("scrollTo(0, 0); document.getElementById('show-error').focus()");
    page.press("Tab", 9, "");
    assert_eq!(page.eval("document.activeElement.id"), "show-warning");
    page.press(" ", 32, " ");
    assert_eq!(page.eval("document.getElementById('show-warning').checked"), false);
    // The return key follows a link.
    page.eval(&format!("{link}.focus()"));
    page.press("Enter", 13, "\r");
    assert_eq!(page.eval("location.hash.slice(1)"), words);
    assert_eq!(page.complaints, Vec::<String>::new());
}

#[test]
fn the_page_does_not_scroll_sideways_on_a_telephone() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let input = made("harborview-mou-disciplinarian.docx");
    lint(&["check", &input, "--no-config", "--format", "html", "--output", report.to_str().unwrap()]);
    let Some(mut page) = Page::open(&report) else { return };
    let size = json!({ "width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": false });
    page.call("Emulation.setDeviceMetricsOverride", size);
    assert_eq!(page.eval("document.documentElement.scrollWidth <= innerWidth"), true);
}

#[test]
fn the_dashboard_searches_words_and_leads_to_a_district() {
    let folder = tempfile::tempdir().unwrap();
    for (district, name) in [("Alder", "harborview-mou.docx"), ("Birch", "harborview-mou-disciplinarian.docx")] {
        std::fs::create_dir_all(folder.path().join("in").join(district)).unwrap();
        std::fs::copy(made(name), folder.path().join("in").join(district).join("mou.docx")).unwrap();
    }
    let dashboard = folder.path().join("dashboard.html");
    let input = folder.path().join("in");
    let args = ["--no-config", "--no-cache", "--format", "html", "--output", dashboard.to_str().unwrap()];
    lint(&[&["batch", input.to_str().unwrap()][..], &args].concat());
    let Some(mut page) = Page::open(&dashboard) else { return };

    let shown = "[...document.querySelectorAll('#matrix tbody tr')].filter((r) => !r.hidden).map((r) => r.innerText)";
    assert_eq!(page.eval(shown).as_array().unwrap().len(), 2);
    page.eval("document.getElementById('search').focus()");
    page.call("Input.insertText", json!({ "text": "mou-s1:contradicted" }));
    let rows = page.eval(shown);
    assert!(rows.as_array().unwrap().len() == 1 && rows[0].as_str().unwrap().contains("Birch"), "{rows}");
    assert_eq!(page.eval("document.getElementById('shown').textContent"), "1 of 2 districts");
    page.eval("document.querySelector('#matrix tbody tr:not([hidden]) a').click()");
    assert!(page.sees("d1"));
    assert_eq!(page.complaints, Vec::<String>::new());
}
