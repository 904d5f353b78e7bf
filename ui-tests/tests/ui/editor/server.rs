// SPDX-License-Identifier: GPL-2.0-only
//! rust-analyzer, by the language server protocol: messages of JSON over pipes.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{env, fs};

use serde_json::{Value, json};

/// "The file has changed since you asked": ask again.
const CONTENT_MODIFIED: i64 = -32801;

/// A server that looks at a crate of one file.
pub struct Server {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    text: &'static str,
    uri: String,
    id: u64,
    version: u64,
    quiescent: bool,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes the crate.
fn make(text: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("../target/editor");
    let manifest = format!(
        "[package]\nname = \"ticket\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         kmod-core = {{ path = {:?} }}\n",
        here.join("../kmod-core")
    );
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::write(folder.join("src/lib.rs"), text).expect("the module can be written");
    fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).expect("there is a lock file");
    folder.canonicalize().expect("it is there")
}

/// Where `|` stands in a part of the text.
fn position(text: &str, place: &str) -> Value {
    let (before, after) = place.split_once('|').expect("the place is marked");
    let part = format!("{before}{after}");
    let at = text.find(&part).expect("the text has the place") + before.len();
    let line = text[..at].matches('\n').count();
    let begin = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    json!({ "line": line, "character": at - begin })
}

impl Server {
    /// Starts it, and waits until it has read everything.
    pub fn start(text: &'static str) -> Self {
        let folder = make(text);
        let program = env::var_os("RUST_ANALYZER").unwrap_or_else(|| "rust-analyzer".into());
        let mut child = Command::new(&program)
            .current_dir(&folder)
            .env_remove("RUSTUP_TOOLCHAIN")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let (to, from) = (child.stdin.take(), child.stdout.take());
        let root = format!("file://{}", folder.display());
        let mut server = Self {
            child,
            to: to.expect("it is piped"),
            from: BufReader::new(from.expect("it is piped")),
            text,
            uri: format!("{root}/src/lib.rs"),
            id: 0,
            version: 1,
            quiescent: false,
        };
        let capabilities = json!({
            "textDocument": { "hover": { "contentFormat": ["markdown"] } },
            "experimental": { "serverStatusNotification": true },
        });
        let options = json!({ "checkOnSave": false });
        server.ask(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": root,
                "capabilities": capabilities,
                "initializationOptions": options,
            }),
        );
        server.tell("initialized", &json!({}));
        let document = json!({
            "uri": server.uri, "languageId": "rust", "version": 1, "text": text,
        });
        server.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        while !server.quiescent {
            let message = server.receive();
            server.handle(&message);
        }
        server
    }

    /// What is shown at a place.
    pub fn hover(&mut self, place: &str) -> String {
        let answer = self.ask_at("textDocument/hover", self.text, place);
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Where what stands at a place is defined: files, and the lines in them.
    pub fn definitions(&mut self, place: &str) -> Vec<(String, String)> {
        let answer = self.ask_at("textDocument/definition", self.text, place);
        let found = answer.as_array().cloned().unwrap_or_default();
        let each = found.iter().map(|found| {
            let path = found["uri"].as_str().unwrap_or_default();
            let path = path.trim_start_matches("file://").to_owned();
            let line = found["range"]["start"]["line"].as_u64().unwrap_or_default();
            let text = fs::read_to_string(&path).unwrap_or_default();
            let line = text.lines().nth(line as usize).unwrap_or_default();
            (path, line.to_owned())
        });
        each.collect()
    }

    /// What is offered while `typed` stands in place of what was written.
    pub fn completions(&mut self, written: &str, typed: &str) -> Vec<String> {
        let text = self.text.replacen(written, &typed.replace('|', ""), 1);
        assert_ne!(text, self.text, "{written}");
        self.change(&text);
        let answer = self.ask_at("textDocument/completion", &text, typed);
        self.change(self.text);
        let items = answer.get("items").unwrap_or(&answer).as_array().cloned();
        let items = items.unwrap_or_default();
        let labels = items.iter().filter_map(|item| item["label"].as_str());
        labels.map(str::to_owned).collect()
    }

    fn change(&mut self, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "text": text }]);
        self.tell(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    fn ask_at(&mut self, method: &str, text: &str, place: &str) -> Value {
        let position = position(text, place);
        let document = json!({ "uri": self.uri });
        self.ask(
            method,
            &json!({ "textDocument": document, "position": position }),
        )
    }

    /// A request, and its result.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        loop {
            self.id += 1;
            let id = self.id;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let answer = loop {
                let message = self.receive();
                if message.get("method").is_none() && message["id"] == id {
                    break message;
                }
                self.handle(&message);
            };
            match answer.get("error") {
                Some(error) if error["code"] == CONTENT_MODIFIED => {}
                Some(error) => panic!("{method}: {error}"),
                None => return answer["result"].clone(),
            }
        }
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// What the server says of itself, or asks for: there are no settings.
    fn handle(&mut self, message: &Value) {
        if message["method"] == "experimental/serverStatus" {
            let status = &message["params"];
            assert_ne!(status["health"], "error", "{status}");
            self.quiescent = status["quiescent"] == true;
        }
        if let Some(id) = message.get("id") {
            let items = message["params"]["items"].as_array();
            let result = items.map(|items| vec![Value::Null; items.len()]);
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len())
            .and_then(|()| self.to.flush())
            .expect("the server reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = self.from.read_line(&mut line).expect("the server writes");
            assert_ne!(read, 0, "the server has ended");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().expect("a number"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).expect("the server writes");
        serde_json::from_slice(&body).expect("it is JSON")
    }
}
