// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod glue` writes is what was reviewed, and each consumer takes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::kmod;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Those of a module with ioctls, as they were reviewed.
fn reviewed() -> PathBuf {
    root().join("kmod-core/vm-tests/ioctl/glue")
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Whether a consumer is here: the set-up installs none of them.
fn is_here(program: &str) -> bool {
    let is_here = Command::new(program).arg("--version").output().is_ok();
    if !is_here {
        eprintln!("not judged: there is no {program}");
    }
    is_here
}

/// Those of a module with ioctls, and of one with files of each kind.
#[test]
fn texts_are_those_reviewed() {
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    for (package, folder) in [
        ("vm-between", "between"),
        ("vm-ioctl", "ioctl"),
        ("vm-trace", "trace"),
        ("vm-windows", "windows"),
    ] {
        let folder = format!("kmod-core/vm-tests/{folder}/glue");
        let reviewed = root().join(&folder);
        let out = tempfile::tempdir().unwrap();
        let to = out.path().to_str().unwrap();
        let run = kmod(&root(), &["glue", "-p", package, "--out", to]).run();
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(names(out.path()), names(&reviewed), "{}", run.out);
        for file in names(&reviewed) {
            let now = fs::read_to_string(out.path().join(&file)).unwrap();
            let then = fs::read_to_string(reviewed.join(&file)).unwrap();
            let shown = file.display();
            assert_eq!(
                now, then,
                "{shown} changed; to accept: cargo kmod glue -p {package} --out {folder}"
            );
        }
    }
}

#[test]
fn a_crate_without_a_module_is_told_so() {
    let said = kmod(&root(), &["glue", "-p", "kmod-build"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    for words in [
        "`kmod-build` has no #[kernel_module]",
        "= help: name a module's crate",
    ] {
        assert!(said.err.contains(words), "{said:?}");
    }
}

#[test]
fn man_has_nothing_to_say_against_the_page() {
    if !is_here("man") {
        return;
    }
    let page = |name: &str| root().join(format!("kmod-core/vm-tests/{name}/glue/vm_{name}.4"));
    let man = |name: &str, options: &[&str]| {
        let mut man = Command::new("man");
        man.args(options).arg("--local-file").arg(page(name));
        man.env("LC_ALL", "C.UTF-8")
            .env("MANWIDTH", "80")
            .output()
            .unwrap()
    };
    let expected: [(&str, &[&str]); 3] = [
        (
            "ioctl",
            &[
                "VM_IOCTL(4)",
                "vm_ioctl - Typed ioctls for the tests",
                "/dev/vm_ioctl_boxed",
                "0666",
            ],
        ),
        (
            "trace",
            &[
                "perf record -e 'vm_trace:*' -a",
                "vm_trace:vm_trace_values",
                "bytes (u8[5])",
            ],
        ),
        (
            "between",
            &[
                "u32 vm_between_sum(const struct pair *pair)",
                "namespace VM_BETWEEN",
            ],
        ),
    ];
    for (name, words) in expected {
        let checked = man(
            name,
            &[
                "--warnings",
                "--encoding=UTF-8",
                "--troff-device=utf8",
                "--ditroff",
            ],
        );
        assert!(
            checked.status.success() && checked.stderr.is_empty(),
            "{}",
            said(&checked)
        );
        // man fills its lines.
        let shown = said(&man(name, &[]));
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(shown.contains(words), "no {words:?} in {shown}");
        }
    }
}

/// What Python finds of the module beside its description, and what a function hands to the kernel.
const JUDGE: &str = r#"
import ctypes, importlib.util, json, re, sys
spec = importlib.util.spec_from_file_location("glue", sys.argv[1])
glue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(glue)
told = json.load(open(sys.argv[2]))
structs = {s["name"]: s for s in told["structs"]}
seen = 0
for name, it in vars(glue).items():
    if isinstance(it, type) and issubclass(it, ctypes.Structure):
        struct = structs[re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()]
        assert ctypes.sizeof(it) == struct["size"], name
        for field in struct["fields"]:
            assert getattr(it, field["name"]).offset == field["offset"], (name, field)
        seen += 1
assert seen == len(structs) > 0
class Kernel:
    def ioctl(self, file, number, argument):
        self.got = (file, number.value, argument)
        return 7
for ioctl in told["ioctls"]:
    assert getattr(glue, ioctl["name"]) == ioctl["number"], ioctl
    function = getattr(glue, ioctl["name"].lower())
    glue._libc = Kernel()
    takes = ioctl["takes_value"] or ioctl["macro"] in ("_IOW", "_IOWR")
    payload = ioctl.get("payload", {})
    value = 1
    if takes and "int" not in payload and payload or "lengths" in payload:
        value = ()
    given = function(5, value) if takes else function(5)
    file, number, argument = glue._libc.got
    assert (file, number) == (5, ioctl["number"]), ioctl
    if ioctl["macro"] == "_IO":
        assert given == 7, ioctl
        assert (argument.value if takes else argument) == (1 if takes else None), ioctl
    else:
        assert (given is None) == (ioctl["macro"] == "_IOW"), ioctl
class Refusing:
    def ioctl(self, *_):
        ctypes.set_errno(25)
        return -1
glue._libc = Refusing()
try:
    glue._ioctl(5, 1)
    raise SystemExit("no error")
except OSError as error:
    assert error.errno == 25
print(len(told["ioctls"]), "ioctls")
"#;

#[test]
fn python_has_the_layouts_and_calls_with_the_numbers() {
    if !is_here("python3") {
        return;
    }
    let mut python = Command::new("python3");
    python.args(["-B", "-W", "error", "-c", JUDGE]);
    python.args(["vm_ioctl.py", "vm_ioctl.json"].map(|file| reviewed().join(file)));
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).starts_with("0 "), "{}", said(&output));
}

/// A line of the file for modprobe, taken out of its comment, is read by modprobe.
#[test]
fn modprobe_reads_the_parameters() {
    if !is_here("modprobe") {
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let said = kmod(
        &root(),
        &[
            "glue",
            "-p",
            "ticket",
            "--out",
            out.path().to_str().unwrap(),
        ],
    )
    .run();
    assert_eq!(said.code, 0, "{said:?}");
    let file = out.path().join("ticket.conf");
    let shows = |text: &str| {
        fs::write(&file, text).unwrap();
        let mut modprobe = Command::new("modprobe");
        let output = modprobe.arg("-C").arg(&file).arg("-c").output().unwrap();
        String::from_utf8_lossy(&output.stdout).contains("options ticket start=1")
    };
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        !shows(&text) && shows(&text.replace("#options", "options")),
        "{text}"
    );
}

/// What JSON Schema says of a value, as far as ours uses it.
fn is_valid(value: &Value, schema: &Value, whole: &Value) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{value}: {what}"));
    if let Some(place) = schema["$ref"].as_str() {
        let found = whole.pointer(place.trim_start_matches('#')).ok_or(place)?;
        return is_valid(value, found, whole);
    }
    if !schema["const"].is_null() && schema["const"] != *value {
        return wrong("another value");
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        return wrong("none of the values");
    }
    match schema["type"].as_str() {
        Some("string") if !value.is_string() => return wrong("no string"),
        Some("integer") if !value.is_u64() => return wrong("no number"),
        Some("boolean") if !value.is_boolean() => return wrong("no truth value"),
        Some("array") => {
            let items = value.as_array().ok_or("no list")?;
            let mut all = items
                .iter()
                .map(|item| is_valid(item, &schema["items"], whole));
            return all.find(Result::is_err).unwrap_or(Ok(()));
        }
        Some("object") => {
            let object = value.as_object().ok_or("no object")?;
            for key in schema["required"].as_array().into_iter().flatten() {
                if !object.contains_key(key.as_str().unwrap()) {
                    return wrong(&format!("{key} is missing"));
                }
            }
            for (key, value) in object {
                let property = &schema["properties"][key];
                if property.is_null() {
                    return wrong(&format!("{key} is not in the schema"));
                }
                is_valid(value, property, whole)?;
            }
        }
        _ => {}
    }
    Ok(())
}

#[test]
fn the_description_keeps_to_its_schema() {
    let read = |file: PathBuf| -> Value {
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let schema = read(root().join("docs/glue.schema.json"));
    for other in [
        "between/glue/vm_between",
        "trace/glue/vm_trace",
        "windows/glue/vm_windows",
    ] {
        let told = read(root().join(format!("kmod-core/vm-tests/{other}.json")));
        is_valid(&told, &schema, &schema).unwrap();
    }
    let mut told = read(reviewed().join("vm_ioctl.json"));
    is_valid(&told, &schema, &schema).unwrap();
    told["files"][0]["colour"] = "red".into();
    assert!(is_valid(&told, &schema, &schema).is_err());
}
