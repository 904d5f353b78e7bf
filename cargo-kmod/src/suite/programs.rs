// SPDX-License-Identifier: GPL-2.0-only
//! The test programs of module crates: built for the VM, and never run outside of it, also not to
//! ask which tests they have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{Package, Target};
use kmod_test::wire::{Event, Plan};
use object::{Object as _, ObjectSymbol as _};
use tempfile::NamedTempFile;

use super::{Case, Reporter, Verdict};
use crate::context::Context;
use crate::error::host;
use crate::package;
use crate::vm::{Boot, Cargo, Item, Machine, Outcome, Program};

/// How many programs a VM gets that lists their tests: they are all in its memory.
const LISTED_AT_ONCE: usize = 24;

/// A program that tests a module.
pub struct TestProgram {
    /// The program.
    pub file: PathBuf,
    /// What stands before its tests' names in the results; the whole name of a test with a harness
    /// of its own.
    pub label: String,
    /// The package's name.
    package: String,
    /// The target's name.
    name: String,
    /// Whether libtest runs its tests.
    is_libtest: bool,
    is_integration: bool,
}

impl TestProgram {
    /// A program of a package, `only` if that has no other file in `tests/`.
    pub fn new(package: &str, only: bool, program: Program) -> Result<TestProgram> {
        let read = fs::read(&program.file)
            .with_context(|| format!("cannot read {}", program.file.display()))?;
        let is_libtest = has_libtest(&read);
        let same = program.name.replace('-', "_") == package.replace('-', "_");
        // The file's name is left out where it says nothing new.
        let label = match is_libtest {
            true if same || (program.is_integration && only) => String::new(),
            true => format!("{}::", program.name),
            false => program.name.clone(),
        };
        Ok(TestProgram {
            file: program.file,
            label,
            package: package.to_owned(),
            name: program.name,
            is_libtest,
            is_integration: program.is_integration,
        })
    }

    /// Where the VM has it.
    fn place(&self) -> String {
        let folder = if self.is_integration { "tests" } else { "unit" };
        format!("/tests/{}/{folder}/{}", self.package, self.name)
    }

    /// The program, for the VM's root.
    pub fn item(&self) -> Item {
        Item::copy(self.place(), &self.file)
    }

    /// What its tests' names begin with where filters are looked for.
    fn prefix(&self) -> String {
        format!("{}::{}", self.package, self.label)
    }

    /// The command that lists those of its tests whose names contain one of `filters`.
    pub fn list(&self, filters: &[String]) -> Vec<String> {
        let harness = if self.is_libtest { "libtest" } else { "own" };
        let mut command = ["list", harness].map(str::to_owned).to_vec();
        command.extend([self.place(), self.prefix()]);
        command.extend_from_slice(filters);
        command
    }

    /// The command that runs what was listed.
    pub fn run(&self, module: &str) -> Vec<String> {
        vec!["tests".to_owned(), self.place(), module.to_owned()]
    }

    /// Whether one of the filters may be in a test's name: the names stand in the program.
    pub fn may_have(&self, filters: &[String]) -> bool {
        let prefix = self.prefix();
        if filters.is_empty() || filters.iter().any(|filter| prefix.contains(filter)) {
            return true;
        }
        if !self.is_libtest {
            return false;
        }
        let program = fs::read(&self.file).unwrap_or_default();
        let has = |part: &str| program.windows(part.len()).any(|at| at == part.as_bytes());
        // It begins in the prefix, or it is all in the name.
        filters.iter().any(|filter| {
            let mut ends = filter.char_indices().map(|(at, _)| filter.split_at(at));
            ends.any(|(before, name)| prefix.ends_with(before) && has(name))
        })
    }
}

/// Whether a program's `main` is libtest's: else the target has `harness = false`. A program without
/// symbols is run as a whole, too.
fn has_libtest(program: &[u8]) -> bool {
    let Ok(elf) = object::File::parse(program) else {
        return false;
    };
    let mut names = elf.symbols().filter_map(|symbol| symbol.name().ok());
    names.any(|name| name.contains("4test16test_main_static"))
}

/// Builds all test programs; gives them by their package's Cargo.toml, and whether all could be
/// built. What cargo has to say otherwise is a failed case.
pub fn build(
    (ctx, cargo): (&Context, &Cargo<'_>),
    dir: &Path,
    packages: &[&Package],
    reporter: &Reporter,
) -> Result<(BTreeMap<PathBuf, Vec<TestProgram>>, bool)> {
    let (mut all_built, mut all_complete) = (Vec::new(), true);
    // To build the unit tests of crates that have none would take a second for each.
    let (units, others): (Vec<&Package>, Vec<_>) = packages
        .iter()
        .filter(|package| package.targets.iter().any(|target| target.test))
        .partition(|package| has_unit_tests(package));
    for (packages, which) in [(others, &["--test", "*"][..]), (units, &["--tests"])] {
        let mut args: Vec<String> = vec!["--keep-going".to_owned()];
        args.extend(which.iter().map(|&word| word.to_owned()));
        let mut any = false;
        for package in packages {
            // Cargo refuses a pattern that no target has.
            if which.len() == 1 || package.targets.iter().any(Target::is_test) {
                args.extend(["--package".to_owned(), package.name.to_string()]);
                any = true;
            }
        }
        if !any {
            continue;
        }
        args.extend(ctx.cargo.iter().cloned());
        // Another run may build in the same folder.
        let log = NamedTempFile::new()?;
        let (built, complete) = cargo.build(dir, &args, log.path())?;
        all_built.extend(built.into_iter().filter(|program| program.is_test));
        let text = fs::read_to_string(log.path()).unwrap_or_default();
        if complete {
            ctx.progress.warnings(&text);
        } else {
            all_complete = false;
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            reporter.case(Case::fail("VM", "building the test programs", lines));
        }
    }
    let mut programs = BTreeMap::<PathBuf, Vec<TestProgram>>::new();
    for program in all_built {
        let of = |package: &&&Package| package.manifest_path.as_std_path() == program.manifest;
        if let Some(package) = packages.iter().find(of) {
            let manifest = program.manifest.clone();
            let only = package.targets.iter().filter(|t| t.is_test()).count() == 1;
            let program = TestProgram::new(&package.name, only, program)?;
            programs.entry(manifest).or_default().push(program);
        }
    }
    Ok((programs, all_complete))
}

/// Tests of a package that are not run, each with the reason.
pub fn not_run(package: &Package, programs: &[TestProgram], complete: bool) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name: String, reason: String| {
        let mut case = Case::pass(package.name.as_str(), name);
        case.verdict = Verdict::Ignored;
        case.output = vec![reason];
        cases.push(case);
    };
    for target in package.targets.iter().filter(|target| target.test) {
        let built = |program: &TestProgram| program.name == target.name;
        let features = &target.required_features;
        if complete && !features.is_empty() && !programs.iter().any(built) {
            case(
                target.name.clone(),
                format!(
                    "not built: it needs what is off, the feature {}",
                    features.join(", ")
                ),
            );
        }
    }
    if has_doc_tests(package) {
        case(
            "doc tests".to_owned(),
            "not run: rustdoc would run them on the host; what shall run in the VM is put into tests/"
                .to_owned(),
        );
    }
    cases
}

/// The programs of which a test has one of `filters` in its name, as VMs have listed them.
pub fn with_tests(
    machine: &Machine<'_>,
    programs: &[&TestProgram],
    filters: &[String],
) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for programs in programs.chunks(LISTED_AT_ONCE) {
        let mut boot = Boot::new("list", Plan::default());
        for program in programs {
            boot.items.push(program.item());
            boot.plan.commands.push(program.list(filters));
        }
        let mut at = 0;
        let ended = machine.boot(&boot, &mut |event| match event {
            Event::Begin(number) => at = number,
            // What cannot be listed is told by the VM that was to run it.
            Event::Listed(_) | Event::End(kmod_test::wire::Status::Error(_)) => {
                found.extend(programs.get(at).map(|program| program.file.clone()));
            }
            _ => {}
        })?;
        // Nobody wants the list of what is not booted.
        let Some(ended) = ended else {
            return Ok(found);
        };
        ensure!(
            ended.outcome == Outcome::Finished,
            host(format!(
                "the VM that lists the tests did not come to its end: {:?}",
                ended.outcome
            ))
            .help(format!("see {}", ended.console.display()))
        );
    }
    Ok(found)
}

/// Whether a package has tests.
pub fn has_tests(package: &Package) -> bool {
    let mut targets = package.targets.iter();
    targets.any(|target| target.test && target.is_test())
        || has_unit_tests(package)
        || has_doc_tests(package)
}

fn has_doc_tests(package: &Package) -> bool {
    let mut libraries = package.targets.iter().filter(|target| target.doctest);
    libraries.any(|library| sources(library).iter().any(|text| has_doc_test(text)))
}

/// Whether a package has tests outside of `tests/`, judged by the word that makes them.
fn has_unit_tests(package: &Package) -> bool {
    let others = package.targets.iter();
    let mut others = others.filter(|target| target.test && !target.is_test());
    others.any(|target| {
        let marks = ["test]", "test)", "(test"];
        let mut texts = sources(target).into_iter();
        texts.any(|text| marks.iter().any(|mark| text.contains(mark)))
    })
}

/// The texts of all Rust files in a target's folder.
fn sources(target: &Target) -> Vec<String> {
    let folder = target.src_path.parent().map(AsRef::as_ref);
    let files = folder.map(package::rust_files).unwrap_or_default();
    files.iter().flat_map(fs::read_to_string).collect()
}

/// Whether rustdoc would make a test of a block in the text's documentation.
fn has_doc_test(text: &str) -> bool {
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_start();
        let doc = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let fence = doc.and_then(|doc| doc.trim().strip_prefix("```"));
        let Some(words) = fence else {
            continue;
        };
        if !open && is_rust(words) {
            return true;
        }
        open = !open;
    }
    false
}

/// Whether a block with these words is Rust's, and is run.
fn is_rust(words: &str) -> bool {
    let mut words = words.split([',', ' ']).filter(|word| !word.is_empty());
    words.all(|word| word == "rust" || word == "should_panic" || word.starts_with("edition"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_rustdoc_would_run_are_found() {
        for text in [
            "/// ```\n/// f();\n/// ```",
            "//! ```rust,should_panic\n//! ```",
        ] {
            assert!(has_doc_test(text), "{text}");
        }
        for text in [
            "/// ```text\n/// ```",
            "/// ```ignore\n/// ```",
            "/// ```no_run\n/// ```",
            "let fence = \"```\";",
        ] {
            assert!(!has_doc_test(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_run_is_told_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write(
            "Cargo.toml",
            "[package]\nname = \"m\"\nedition = \"2024\"\n[workspace]\n[features]\nmore = []\n\
             [[test]]\nname = \"off\"\nrequired-features = [\"more\"]\n",
        );
        write("src/lib.rs", "//! ```\n//! ```\n");
        write("tests/off.rs", "");
        write("tests/on/main.rs", "");
        let metadata = crate::package::metadata(folder.path()).unwrap();
        let package = &metadata.packages[0];
        let cases = not_run(package, &[], true);
        let told: Vec<_> = cases.iter().map(|c| (&*c.name, &*c.output[0])).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].0 == "off" && told[0].1.ends_with("the feature more"));
        assert!(told[1].0 == "doc tests" && told[1].1.contains("on the host"));
        assert!(has_tests(package) && !has_unit_tests(package));
        write("src/more.rs", "#[cfg(all(test, unix))]\nmod tests {}\n");
        assert!(has_unit_tests(package));
    }

    #[test]
    fn libtests_programs_are_told_from_others() {
        assert!(has_libtest(&fs::read("/proc/self/exe").unwrap()));
        assert!(!has_libtest(&fs::read("/bin/sh").unwrap()));
    }

    #[test]
    fn a_filter_may_begin_in_the_prefix() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("program");
        fs::write(&file, "...reads_a_line...").unwrap();
        let program = TestProgram {
            file,
            label: "one::".to_owned(),
            package: "m".to_owned(),
            name: "one".to_owned(),
            is_libtest: true,
            is_integration: true,
        };
        let may = |filter: &str| program.may_have(&[filter.to_owned()]);
        assert!(may("m::one") && may("one::reads") && may("a_line"));
        assert!(!may("writes") && !may("two::reads"));
    }
}
