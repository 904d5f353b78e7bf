// SPDX-License-Identifier: GPL-2.0-only
//! Tracers see the module's events as they see the same ones in C, wherever they come from; and whoever traces while
//! the module goes, nothing breaks.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::{
    Loaded, Mounted, OneProcessor, Over, Parity, config, errno, load, load_twin, mount, program,
    rounds, takes_probes, until,
};

const EINVAL: i32 = 22;

const BOTH: [&str; 2] = ["vm_trace", "vm_trace_c"];

/// The events that the twin has, too.
const EVENTS: [&str; 6] = ["values", "arrays", "texts", "nested", "inner", "gone"];

/// Whether this kernel probes no function where it begins, as a field of the module does.
fn is_refused() -> bool {
    let is_refused = !takes_probes().unwrap();
    if is_refused {
        println!("this kernel takes no probes where functions begin");
        assert_eq!(errno(load(&[]).map(drop)), Err(EINVAL));
    }
    is_refused
}

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

/// The kernel's folder of tracers. What was switched on is off again at the end.
struct Tracing(
    Mounted,
    #[expect(dead_code, reason = "for its end")] OneProcessor,
);

impl Tracing {
    fn new() -> Self {
        let tracing = Self(
            mount("tracefs").unwrap(),
            OneProcessor::under_translation().unwrap(),
        );
        tracing.write("trace", "");
        tracing
    }

    fn file(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn read(&self, path: &str) -> String {
        let bytes = fs::read(self.file(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        // What C has cut may end in half a letter.
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn try_write(&self, path: &str, text: &str) -> io::Result<()> {
        fs::write(self.file(path), text)
    }

    fn write(&self, path: &str, text: &str) {
        self.try_write(path, text)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Switches an event of the modules on or off, or all of them.
    fn switch(&self, event: Option<&str>, on: bool) {
        for module in BOTH {
            let one = event.map(|event| format!("{module}_{event}/"));
            let path = format!("events/{module}/{}enable", one.unwrap_or_default());
            if self.file(&path).exists() {
                self.write(&path, if on { "1" } else { "0" });
            }
        }
    }

    fn id(&self, module: &str, event: &str) -> String {
        let id = self.read(&format!("events/{module}/{module}_{event}/id"));
        id.trim().to_owned()
    }

    /// The events of a module that were traced: name, and text.
    fn lines(&self, module: &str) -> Vec<(String, String)> {
        let begin = format!("{module}_");
        let text = self.read("trace");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let (_, event) = line.split_once(": ")?;
                let (name, text) = event.split_once(": ")?;
                let name = name.strip_prefix(&begin)?;
                // The twin's name begins as the module's does.
                let is_its_own = module == BOTH[1] || !name.starts_with("c_");
                is_its_own.then(|| (name.to_owned(), text.to_owned()))
            })
            .collect()
    }
}

impl Drop for Tracing {
    fn drop(&mut self) {
        self.switch(None, false);
    }
}

fn write(module: &str, file: &str, text: &str) {
    fs::write(format!("/proc/{module}/{file}"), text).unwrap();
}

fn made(module: &str) -> u32 {
    let text = fs::read_to_string(format!("/proc/{module}/made")).unwrap();
    text.trim().parse().unwrap()
}

/// What `cargo kmod glue` says of the events: a test on the host says that it is made of the source.
const TOLD: &str = include_str!("../glue/vm_trace.json");

/// The lines that the kernel has for the fields of each event. The keys of an object are in order.
fn told() -> Vec<(String, Vec<String>)> {
    let (_, events) = TOLD.split_once("\"events\": [").unwrap();
    let (events, _) = events.split_once("\"exports\"").unwrap();
    let (mut found, mut fields) = (Vec::new(), Vec::new());
    let (mut length, mut name) = (String::new(), "");
    for line in events.lines() {
        let Some((key, value)) = line.trim().split_once(": ") else {
            continue;
        };
        let value = value.trim_end_matches(',').trim_matches('"');
        match key.trim_matches('"') {
            "length" => length = format!("[{value}]"),
            "name" => name = value,
            "type" if value == "text" => fields.push(format!("field:__data_loc char[] {name};")),
            "type" => {
                let length = std::mem::take(&mut length);
                fields.push(format!("field:{value} {name}{length};"));
            }
            "system" => found.push((name.to_owned(), std::mem::take(&mut fields))),
            _ => {}
        }
    }
    found
}

#[test]
fn the_description_says_what_tracers_see() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    let told = told();
    assert!(told.len() > EVENTS.len(), "{told:?}");
    for (event, fields) in told {
        let format = tracing.read(&format!("events/vm_trace/{event}/format"));
        let own = format
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("field:") && !line.contains(" common_"));
        let own: Vec<_> = own.map(|line| line.split_once('\t').unwrap().0).collect();
        assert_eq!(own, fields, "{event}");
    }
}

#[test]
fn formats_are_those_of_c() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    let mut parity = Parity::default();
    for event in EVENTS {
        let formats = BOTH.map(|module| {
            let format = tracing.read(&format!("events/{module}/{module}_{event}/format"));
            let lines = format.lines().filter(|line| !line.starts_with("ID: "));
            // A tracer does not see how the source breaks a line.
            let text: String = lines.collect::<Vec<_>>().join("\n");
            text.replace(module, "NAME")
        });
        println!("{}", formats[0]);
        assert!(formats[0].contains("print fmt: "), "{event}");
        parity.case(event, formats);
    }
    parity.end();
}

#[test]
fn both_are_shown_alike() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    tracing.switch(None, true);
    let numbers = [
        "0",
        "1",
        "-1",
        "127",
        "128",
        "255",
        "32768",
        "65535",
        "2147483648",
        "-2147483648",
        "4294967295",
        "9223372036854775807",
        "-9223372036854775808",
    ];
    let texts = [
        "a",
        "",
        "two words",
        "ä ö €",
        "%s %n %d",
        "{\"x\": 1}",
        "a\\b",
    ];
    for module in BOTH {
        for number in numbers {
            write(module, "values", number);
            write(module, "arrays", number);
        }
        for text in texts {
            write(module, "texts", text);
        }
        write(module, "texts", &"x".repeat(255));
        for depth in ["0", "1", "3"] {
            write(module, "nested", depth);
        }
    }
    let [ours, twins] = BOTH.map(|module| tracing.lines(module));
    let mut parity = Parity::default();
    let ours: Vec<_> = ours
        .into_iter()
        .filter(|(name, _)| name != "open")
        .collect();
    parity.case("how many", [ours.len(), twins.len()]);
    // Deeper ones of C's are traced before, as ours are made before.
    for (ours, twin) in ours.into_iter().zip(twins) {
        println!("{}: {}", ours.0, ours.1);
        parity.case(ours.0.clone(), [ours, twin]);
    }
    parity.end();
}

#[test]
fn what_nobody_traces_is_not_made() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    let mut parity = Parity::default();
    let mut step = |what: &str, expected: u32| {
        for module in BOTH {
            write(module, "values", "7");
        }
        parity.case(what, BOTH.map(made));
        assert_eq!(made("vm_trace"), expected, "{what}");
        parity.case(what, BOTH.map(|module| tracing.lines(module).len()));
    };
    step("off", 0);
    tracing.switch(Some("arrays"), true);
    step("another one on", 0);
    tracing.switch(Some("values"), true);
    step("on", 1);
    step("on", 2);
    tracing.switch(Some("values"), false);
    step("off", 2);
    for turn in 0..rounds(20) {
        tracing.switch(Some("values"), true);
        step("on again", 3 + turn);
        tracing.switch(Some("values"), false);
        step("off again", 3 + turn);
    }
    parity.end();
}

#[test]
fn filters_know_the_fields() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    tracing.switch(None, true);
    let mut parity = Parity::default();
    let mut filter = |event: &str, filter: &str, expected: Option<usize>| {
        let results = BOTH.map(|module| {
            tracing.write("trace", "");
            let path = format!("events/{module}/{module}_{event}/filter");
            let set = errno(tracing.try_write(&path, filter));
            for number in ["-5", "0", "3", "4", "300"] {
                write(module, "values", number);
                write(module, "arrays", number);
            }
            for text in ["a", "ab", "b"] {
                write(module, "texts", text);
            }
            let lines = tracing.lines(module);
            let passed = lines.iter().filter(|(name, _)| name == event).count();
            let _ = tracing.try_write(&path, "0");
            (set, passed)
        });
        println!("{event}: {filter}: {:?}", results[0]);
        if let Some(expected) = expected {
            assert_eq!(results[0], (Ok(()), expected), "{event}: {filter}");
        }
        parity.case(filter, results);
    };
    filter("values", "e > 3", Some(3));
    filter("values", "h > 3", Some(2));
    filter("values", "h < -1", Some(1));
    filter("values", "b < 0", Some(1));
    filter("values", "a == 44", Some(1));
    filter("values", "is_odd == 1", Some(2));
    filter("values", "g > 3 && j < 100", Some(2));
    filter("arrays", "last == 4", Some(1));
    filter("arrays", "by ~ \"events*\"", None);
    filter("texts", "first == \"a\"", Some(1));
    filter("texts", "second ~ \"a*\"", Some(2));
    filter("texts", "length > 1", Some(1));
    filter("values", "nothing > 3", None);
    filter("values", "e >", None);
    filter("texts", "first > 3", None);
    parity.end();
}

#[test]
fn a_long_text_is_cut_between_letters() {
    if is_refused() {
        return;
    }
    let _module = load(&[]).unwrap();
    let tracing = Tracing::new();
    tracing.switch(Some("texts"), true);
    write("vm_trace", "texts", &"ä".repeat(256));
    write("vm_trace", "texts", &"x".repeat(512));
    let lines = tracing.lines("vm_trace");
    let [(_, letters), (_, plain)] = &lines[..] else {
        panic!("{lines:?}");
    };
    // C has no letters, only bytes.
    let second = |text: &str| text.split_once(" second=").unwrap().1.to_owned();
    assert_eq!(second(letters), "ä".repeat(127));
    let x = "x".repeat(255);
    assert_eq!(*plain, format!("first={x} length=512 second={x}"));
}

#[test]
fn interrupts_and_probes_may_trace() {
    if is_refused() {
        return;
    }
    let _module = load(&[]).unwrap();
    let tracing = Tracing::new();
    tracing.switch(Some("expired"), true);
    tracing.switch(Some("open"), true);
    write("vm_trace", "later", "1");
    let count = |event: &str| {
        let lines = tracing.lines("vm_trace");
        lines.iter().filter(|(name, _)| name == event).count()
    };
    until(|| count("expired") > 10);
    // A slow kernel reads slower than the timer fills what it reads: what was traced between is gone by then.
    tracing.switch(Some("expired"), false);
    until(|| count("open") > 10);
    tracing.switch(None, false);
    let lines = tracing.lines("vm_trace");
    let pid = format!("pid={}", std::process::id());
    assert!(
        lines
            .iter()
            .any(|(name, text)| name == "open" && text.starts_with("by=")),
        "{pid}: {lines:?}"
    );
}

#[test]
fn a_module_goes_while_all_is_traced() {
    if is_refused() {
        return;
    }
    let tracing = Tracing::new();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let _over = Over(&over);
        for files in [["values", "texts"], ["nested", "arrays"]] {
            let over = &over;
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    for (module, file) in BOTH.into_iter().zip(files) {
                        let _ = fs::write(format!("/proc/{module}/{file}"), "3");
                    }
                    for (module, file) in BOTH.into_iter().rev().zip(files) {
                        let _ = fs::write(format!("/proc/{module}/{file}"), "3");
                    }
                    thread::sleep(Duration::from_micros(100));
                }
            });
        }
        // Who reads what comes, and what has come.
        scope.spawn(|| {
            use std::os::unix::fs::OpenOptionsExt as _;
            const O_NONBLOCK: i32 = 0o4000;
            let mut pipe = fs::OpenOptions::new()
                .read(true)
                .custom_flags(O_NONBLOCK)
                .open(tracing.file("trace_pipe"))
                .unwrap();
            let mut bytes = vec![0; 1 << 16];
            while !over.load(Ordering::Relaxed) {
                let _ = pipe.read(&mut bytes);
                let mut few = [0; 4096];
                let _ = File::open(tracing.file("trace")).and_then(|mut file| file.read(&mut few));
                thread::sleep(Duration::from_millis(2));
            }
        });
        for _ in 0..rounds(4) {
            let both = both();
            tracing.switch(None, true);
            write("vm_trace", "later", "1");
            thread::sleep(Duration::from_millis(30));
            for module in both {
                let mut module = module;
                // A file of it may be open at the moment.
                while let Err((again, _)) = module.unload() {
                    module = again;
                }
            }
        }
    });
}

/// The program, with an event open.
fn holding(arguments: &[&str]) -> Child {
    let mut child = program("perf")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "open\n");
    child
}

fn let_go(mut child: Child) {
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn perf_holds_the_module_as_it_holds_c() {
    if is_refused() {
        return;
    }
    let mut modules = both();
    let tracing = Tracing::new();
    let mut ways = vec!["hold"];
    if config("BPF_EVENTS").unwrap().is_some() {
        ways.push("raw");
    }
    let mut parity = Parity::default();
    for way in ways {
        let unloads = BOTH.map(|module| {
            let what = match way {
                "hold" => tracing.id(module, "values"),
                _ => format!("{module}_values"),
            };
            let child = holding(&[way, &what]);
            let [ours, twin] = &mut modules;
            let one = if module == BOTH[0] { ours } else { twin };
            let unloaded = errno(kmod_test::unload(module));
            let_go(child);
            assert!(kmod_test::is_loaded(module), "{way}: {one:?}");
            unloaded
        });
        println!("{way}: {unloads:?}");
        assert!(unloads[0].is_err(), "{way}");
        parity.case(way, unloads);
    }
    parity.end();
}

/// How often perf counts an event while these numbers are written.
fn counted(tracing: &Tracing, module: &str, filter: &str, offset: u32) -> String {
    let id = tracing.id(module, "values");
    let mut command: Command = program("perf");
    command.args(["count", &id, filter, &offset.to_string(), "3"]);
    command.arg(format!("/proc/{module}/values"));
    let output = command.args(["1", "3", "4", "5", "300"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{module}: {said}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn perf_and_bpf_see_the_fields() {
    if is_refused() {
        return;
    }
    let _both = both();
    let tracing = Tracing::new();
    let mut parity = Parity::default();
    let format = tracing.read("events/vm_trace/vm_trace_values/format");
    let line = format.lines().find(|line| line.contains("u32 e;")).unwrap();
    let offset = line.split_once("offset:").unwrap().1;
    let offset: u32 = offset.split(';').next().unwrap().parse().unwrap();
    let mut case = |what: &str, filter: &str, offset: u32, expected: &str| {
        let counts = BOTH.map(|module| counted(&tracing, module, filter, offset));
        assert_eq!(counts[0], expected, "{what}");
        parity.case(what, counts);
    };
    case("all", "", 0, "5");
    case("a filter", "e > 3", 0, "3");
    case("a filter of a truth", "is_odd == 0", 0, "2");
    if config("BPF_EVENTS").unwrap().is_some() {
        case("a program", "", offset, "3");
    }
    parity.end();
}
