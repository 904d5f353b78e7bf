// SPDX-License-Identifier: GPL-2.0-only
//! What rust-analyzer shows in a module: asked as an editor asks it.

mod server;

use std::fs;
use std::path::Path;

use server::Server;

/// Asks all in one session: a server takes its time to start.
#[test]
#[ignore = "it takes rust-analyzer, on the PATH or named by RUST_ANALYZER: cargo test -p ui-tests editor -- --ignored"]
fn an_editor_completes_finds_and_explains() {
    let mut server = Server::start(include_str!("editor/module.rs"));
    hovers(&mut server);
    definitions(&mut server);
    completions(&mut server);
}

/// The first cells of the table between the marks of an attribute's reference page.
fn keys(attribute: &str) -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference");
    let page = match attribute {
        "param" => "params",
        other => other,
    };
    let text = fs::read_to_string(docs.join(format!("{page}.md"))).expect("there is a page");
    let (_, table) = text
        .split_once(&format!("<!-- keys: {attribute} -->"))
        .expect("the page has a table of keys");
    let (table, _) = table.split_once("<!-- end -->").expect("it ends");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.split(" | ").next().unwrap_or_default()[2..].to_owned())
        .collect()
}

/// The attributes, where they stand, and whether they have keys.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("kernel_module", "#[ker|nel_module("),
    ("param", "#[par|am(perm"),
    ("chrdev", "#[chr|dev("),
    ("chrdev_region", "#[chrdev_|region("),
    ("misc", "#[mi|sc("),
    ("sysctl", "#[sys|ctl("),
    ("filesystem", "#[files|ystem("),
    ("file_operations", "#[file_|operations("),
    ("ioctl", "#[ioc|tl("),
];

fn hovers(server: &mut Server) {
    for (attribute, place) in ATTRIBUTES {
        let shown = server.hover(place);
        let keys = keys(attribute);
        assert!(!keys.is_empty(), "{attribute}");
        for key in keys {
            assert!(shown.contains(&key), "{attribute}: no {key} in:\n{shown}");
        }
    }
    for (place, text) in [
        ("#[ua|pi]", "laid out as C does it"),
        ("chrdev(mo|de", "the node's mode"),
        ("misc(mo|de", "the node's mode"),
        ("sysctl(pa|th", "the path below `/proc/sys`"),
        ("param(pe|rm", "/sys/module/NAME/parameters"),
        ("    na|me = \"ticket\"", "as `lsmod` shows it"),
        ("(ll|seek = ", "`noop_llseek`"),
        ("ticket: Disp|enser", "The next number."),
        ("    Dr|aw(u32)", "Draw the next number."),
    ] {
        let shown = server.hover(place);
        assert!(shown.contains(text), "{place}: {shown}");
    }
}

fn definitions(server: &mut Server) {
    for (place, file, text) in [
        ("ticket: Disp|enser", "src/lib.rs", "struct Dispenser"),
        ("plain: Pl|ain", "src/lib.rs", "struct Plain"),
        ("step: Atomic|U32", "atomic.rs", ""),
        ("module.pla|in", "src/lib.rs", "plain: Plain"),
        ("plain.plai|nly()", "src/lib.rs", "fn plainly"),
        ("Module = Tic|ket", "src/lib.rs", "struct Ticket"),
        ("params.sta|rt()", "src/lib.rs", "start: u32 = 1"),
        ("Ioctl = Ticket|Cmd", "src/lib.rs", "enum TicketCmd"),
        ("TicketCmd::DR|AW", "src/lib.rs", "Draw(u32)"),
        ("fn dr|aw(", "src/lib.rs", ""),
        ("limits.mi|n", "src/lib.rs", "min: u32"),
        (
            "#[ker|nel_module(",
            "kmod-macros/src/lib.rs",
            "fn kernel_module",
        ),
        (
            "#[file_|operations(",
            "kmod-macros/src/lib.rs",
            "fn file_operations",
        ),
        ("#[ioc|tl(", "kmod-macros/src/lib.rs", "fn ioctl"),
        ("#[ua|pi]", "kmod-macros/src/lib.rs", "fn uapi"),
        // The item that carries the keys' documentation.
        ("#[chr|dev(", "kmod-core/src/private.rs", ""),
    ] {
        let found = server.definitions(place);
        assert!(
            found
                .iter()
                .any(|(path, line)| path.ends_with(file) && line.contains(text)),
            "{place}: {found:?}"
        );
    }
}

fn completions(server: &mut Server) {
    for (written, typed, label) in [
        ("plain: Plain,", "plain: Pl|,", "Plain"),
        (
            "plain: Plain,",
            "plain: Plain,\n    more: Disp|",
            "Dispenser",
        ),
        ("step: AtomicU32,", "step: Atom|,", "AtomicU32"),
        ("#[chrdev(mode = 0o644)]", "#[chr|]", "chrdev"),
        ("module.plain.plainly();", "module.pl|", "plain"),
        ("module.plain.plainly();", "module.plain.|", "plainly"),
        ("module.plain.plainly();", "module.step.|", "load"),
        ("self.0.lock();", "self.0.|;", "lock"),
        ("params.start()", "params.|", "start"),
        ("TicketCmd::DRAW", "TicketCmd::|", "DRAW"),
        ("    min: u32,", "    min: u|,", "u32"),
    ] {
        let labels = server.completions(written, typed);
        assert!(
            labels.iter().any(|found| found == label),
            "{typed}: {labels:?}"
        );
    }
}
