// SPDX-License-Identifier: GPL-2.0-only
//! Helpers are handed from a build script to the link, found by name, and compiled once, with the
//! host's C compiler.

use std::fs;
use std::path::{Path, PathBuf};

use kmod_build::arch::Arch;
use kmod_build::env::KernelEnv;
use kmod_build::helpers::{Body, Helpers};

/// A folder of its own for one test, empty.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it is cargo's folder for this");
    folder
}

/// Helpers with these sources, as a build script leaves them in `folder`.
fn helpers(folder: &Path, sources: &[(&str, &str)]) -> Helpers {
    let flags = "-O2|-fno-pie|-fno-asynchronous-unwind-tables|-DWORDS=\"two words\"";
    let flags = flags.split('|').map(str::to_owned).collect();
    let kernel = KernelEnv::new("env MINE=1 cc".to_owned(), flags);
    let mut helpers = Helpers::new(&kernel, Arch::host().name, "mine_", folder);
    for (name, text) in sources {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("it has one")).expect("it can be made");
        fs::write(&file, text).expect("it can be written");
        helpers.sources.push(file);
    }
    helpers.write(folder).expect("the folder is there");
    helpers
}

#[test]
fn the_link_reads_what_the_build_script_wrote() {
    let folder = folder("read");
    let written = helpers(&folder, &[("a.c", "int mine_a;")]);
    let read = Helpers::read(&folder).expect("it can be read");
    assert_eq!(read, Some(written));
    let nothing = Helpers::read(&folder.join("helpers")).expect("it is a folder");
    assert_eq!(nothing, None);
}

#[test]
fn the_source_that_names_a_helper_is_looked_at_first() {
    let folder = folder("first");
    let sources = [
        ("a.c", "int mine_first_of_all;"),
        ("b.c", "int mine_first(void) { return 1; }"),
    ];
    let helpers = helpers(&folder, &sources);
    let candidates = helpers.candidates("mine_first");
    let names = Vec::from_iter(candidates.iter().filter_map(|file| file.file_name()));
    assert_eq!(names, ["b.c", "a.c"]);
    assert!(helpers.candidates("other_first").is_empty());
}

#[test]
fn a_source_is_compiled_when_it_is_asked_for_and_once() {
    let folder = folder("once");
    let jump = "int other(int); int mine_jump(int n) { return other(n); }";
    let sources = [("one/x.c", jump), ("two/x.c", "char *mine_words = WORDS;")];
    let helpers = helpers(&folder, &sources);
    let made = || {
        fs::read_dir(folder.join("helpers"))
            .expect("it is there")
            .count()
    };
    assert_eq!(made(), 0);

    let one = helpers.compile(&helpers.sources[0]).expect("it compiles");
    let body = Body::Jump("other".to_owned());
    assert_eq!(one.bodies.get("mine_jump"), Some(&body));
    assert_eq!(made(), 2);
    let time = || fs::metadata(&one.object).and_then(|file| file.modified());
    let before = time().expect("the object is there");
    helpers.compile(&helpers.sources[0]).expect("it did");
    assert_eq!(time().expect("it is still there"), before);

    // Of the same name.
    let two = helpers.compile(&helpers.sources[1]).expect("it compiles");
    assert_ne!(two.object, one.object);

    // A build script that runs again has changed something.
    helpers.write(&folder).expect("it can be written");
    assert_eq!(made(), 0);
}

#[test]
fn a_source_that_is_no_c_is_named_with_what_the_compiler_says() {
    let folder = folder("wrong");
    let helpers = helpers(&folder, &[("a.c", "int mine_wrong = no;")]);
    let said = helpers
        .compile(&helpers.sources[0])
        .expect_err("it is no C");
    assert!(said.starts_with("cannot compile "), "{said}");
    assert!(said.contains("a.c:1"), "{said}");
}

#[test]
fn a_source_that_this_kernel_has_no_use_for_is_passed_over() {
    let folder = folder("passed");
    let sources = [("a.c", "int mine_named(void);\n#error \"there is none\"")];
    let helpers = helpers(&folder, &sources);
    let compiled = |name| helpers.compile_for(name, &helpers.sources[0]);
    for _ in 0..2 {
        assert!(compiled("mine_put_together").is_ok_and(|compiled| compiled.is_none()));
    }
    let said = compiled("mine_named").err().unwrap_or_default();
    assert!(said.contains("there is none"), "{said}");
}
