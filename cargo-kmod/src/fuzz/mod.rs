// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod fuzz`: has a VM use a module by chance, in all ways that its declaration tells of, until the kernel
//! reports something; then has smaller programs tried until none does, and writes that one down as a test.
//!
//! The guest's side is `kmod_test::fuzz`, which writes programs, and `kmod_test::replay`, which runs them.

mod saved;
mod smaller;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use kmod_test::fuzz::{AND, FRESH, HANGS, PROGRAM, TRY};
use kmod_test::wire::{Event, FUZZ, Plan};

use crate::build;
use crate::context::Context;
use crate::error::{host, usage};
use crate::kernels::Kernel;
use crate::package::Package;
use crate::setup;
use crate::suite;
use crate::uapi::{self, Described, Type};
use crate::vm::{self, Boot, Item, Machine, Outcome, Watch};

/// The guest's first process: from the sentinel of the last program to the end of all.
const REST: Duration = Duration::from_secs(120);

/// How often each list of programs is tried that may do it: at first, and when none has done it.
const ROUNDS: [usize; 2] = [2, 16];

/// So many numbers of what an ioctl carries are told apart.
const WIDTHS: usize = 64;

/// How long, and how.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// What chance begins with.
    pub seed: u64,
    /// So many seconds.
    pub seconds: u64,
    /// So many threads.
    pub threads: usize,
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// What the kernel said, for people.
    pub report: Vec<String>,
    /// The programs that make it say so, one after the other.
    pub programs: Vec<String>,
    /// Whether it does so each time it is tried.
    pub is_sure: bool,
}

/// A module in its VM.
pub struct Fuzz<'a> {
    ctx: &'a Context,
    machine: &'a Machine<'a>,
    boot: Boot,
    module: String,
    declared: String,
}

impl<'a> Fuzz<'a> {
    /// Builds the module, and makes ready what all boots have in common.
    ///
    /// # Errors
    ///
    /// When it cannot be built, the package's metadata are no good, or nothing is declared that could be used.
    pub fn new(
        ctx: &'a Context,
        machine: &'a Machine<'a>,
        kernel: &Kernel,
        package: &Package,
    ) -> Result<Self> {
        let declared = declared(&uapi::described(ctx, package)?);
        let module = build::build_module(ctx, &package.dir, kernel)?;
        let mut boot = Boot::new(format!("fuzz/{}", module.name), Plan::default());
        boot.devices = vm::devices(&package.name, &package.metadata)?;
        let firmware = vm::firmware(&package.name, &package.metadata, &package.dir)?;
        setup::ensure(ctx, firmware.needs())?;
        firmware.add_to(&mut boot);
        boot.items.extend(suite::modules(&module));
        vm::OwnModules::of(ctx, kernel, &package.name, &package.metadata)?.add_to(&mut boot);
        if declared.is_empty() {
            bail!(
                usage(format!(
                    "`{}` declares no file, no command and no parameter",
                    package.name
                ))
                .help("`cargo kmod glue` shows what it declares")
            );
        }
        Ok(Self {
            ctx,
            machine,
            boot,
            module: module.name,
            declared,
        })
    }

    /// Runs for so long; gives what was found, in as few steps as it was seen to take.
    ///
    /// # Errors
    ///
    /// When the VM cannot be booted, or ends before it is known why.
    pub fn run(&self, how: How) -> Result<Option<Found>> {
        let phase = self.ctx.progress.phase(format!(
            "using {} by chance, {} s at most",
            self.module, how.seconds
        ));
        let Some(Seen { report, programs }) = self.boot(&self.declared, how)? else {
            phase.done_with("nothing was found");
            return Ok(None);
        };
        phase.done_with("the kernel reports something");
        let mut found = Found {
            report,
            programs,
            is_sure: false,
        };
        let phase = self
            .ctx
            .progress
            .phase("looking for the smallest program that does it");
        self.make_smaller(&mut found, how)?;
        phase.done();
        Ok(Some(found))
    }

    /// Has less and less tried, each in a module that was loaded for it.
    fn make_smaller(&self, found: &mut Found, how: How) -> Result<()> {
        for rounds in ROUNDS {
            let mut tried = smaller::first(&found.programs);
            while let Some((report, programs)) = self.tried(&tried, rounds, how)? {
                found.is_sure = true;
                let steps = programs.iter().map(|text| text.split("; ").count());
                let steps: usize = steps.sum();
                self.ctx.progress.note(format!("{steps} steps do it"));
                found.report = report;
                found.programs = programs;
                tried = smaller::parts(&found.programs);
            }
            if found.is_sure {
                break;
            }
        }
        Ok(())
    }

    /// Has these lists tried; gives the first one that does it, and the report.
    fn tried(
        &self,
        lists: &[smaller::List],
        rounds: usize,
        how: How,
    ) -> Result<Option<(Vec<String>, smaller::List)>> {
        if lists.is_empty() {
            return Ok(None);
        }
        let lines = lists
            .iter()
            .map(|list| format!("{TRY}{rounds} {}", list.join(AND)));
        let lines: Vec<String> = lines.collect();
        let Some(Seen { report, programs }) = self.boot(&lines.join("\n"), how)? else {
            return Ok(None);
        };
        // The guest names a list as it was given.
        let list = programs.last();
        Ok(list.map(|list| (report, list.split(AND).map(str::to_owned).collect())))
    }

    /// Boots with these lines; gives what was seen, if anything was.
    fn boot(&self, lines: &str, how: How) -> Result<Option<Seen>> {
        let mut boot = self.boot.clone();
        boot.limit = Some(Duration::from_secs(how.seconds) + REST);
        boot.items.push(Item::text(FUZZ, lines));
        let numbers = [how.seed, how.seconds, how.threads as u64].map(|number| number.to_string());
        let words = ["fuzz".to_owned(), self.module.clone()];
        boot.plan
            .commands
            .push(words.into_iter().chain(numbers).collect());
        let mut watch = Watch::default();
        let (mut programs, mut count) = (Vec::new(), 0);
        let (mut said, mut hang) = (Vec::new(), Vec::new());
        let ended = self.machine.boot(&boot, &mut |event| {
            watch.see(&event);
            if watch.complains() {
                return;
            }
            if let Event::Out(line) = event {
                if let Some(why) = line.strip_prefix(HANGS) {
                    hang.push(why.to_owned());
                    return;
                }
                match line.strip_prefix(PROGRAM) {
                    Some(FRESH) => programs.clear(),
                    Some(program) => {
                        count += 1;
                        programs.push(program.to_owned());
                    }
                    None => said.push(line),
                }
            }
        })?;
        let Some(ended) = ended else {
            return Ok(None);
        };
        let mut report = watch.take();
        report.extend(hang);
        match &ended.outcome {
            Outcome::Finished if report.is_empty() => {
                for line in said.iter().filter(|line| !line.is_empty()) {
                    self.ctx.progress.note(line.clone());
                }
                if count == 0 {
                    bail!(host(format!("no program was run: {}", said.join(" "))));
                }
                return Ok(None);
            }
            Outcome::Lost(why) if report.is_empty() => {
                bail!(host(format!(
                    "the VM ended before it said that it was done: {why}"
                )));
            }
            Outcome::Timeout(_) => report.push("the guest hangs".to_owned()),
            _ => {}
        }
        report.extend(vm::console_lines(&ended));
        Ok(Some(Seen { report, programs }))
    }

    /// Writes down as a test what was found; gives the file.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn save(&self, found: &Found, package: &Package) -> Result<PathBuf> {
        saved::write(&package.dir.join("tests"), found)
    }
}

/// What a boot showed: the kernel's report, and the programs up to it.
struct Seen {
    report: Vec<String>,
    programs: Vec<String>,
}

/// The lines that the guest reads of a declaration.
fn declared(described: &Described) -> String {
    let paths = [true, false].map(|is_node| described.paths(is_node));
    let files = paths
        .concat()
        .into_iter()
        .map(|path| format!("file {path}"));
    let params = described.module.iter().flat_map(|module| &module.params);
    let params = params.map(|param| format!("param {}", param.name));
    let commands = described.commands.iter().flat_map(|set| &set.commands);
    let commands = commands.map(|command| {
        let mut widths = Vec::new();
        if let Some(payload) = &command.payload {
            push_widths(payload, &mut widths);
        }
        let widths: Vec<String> = widths.iter().map(usize::to_string).collect();
        // As the number itself says.
        let size = command.number >> 16 & 0x3fff;
        let (number, takes_value) = (command.number, command.takes_value);
        format!("ioctl {number} {size} {takes_value} {}", widths.join(" "))
    });
    let lines: Vec<String> = files.chain(params).chain(commands).collect();
    lines.join("\n")
}

/// How many bytes each number of a type has, in their order; the first ones of one that is large. Padding is left out:
/// shared structs have none.
fn push_widths(ty: &Type, widths: &mut Vec<usize>) {
    match ty {
        Type::Int { int } => {
            let bits = int.trim_start_matches(['i', 'u']).parse().unwrap_or(8);
            widths.push(bits / 8);
        }
        Type::Struct { r#struct } => {
            let fields = r#struct.fields.iter();
            fields.for_each(|field| push_widths(&field.r#type, widths));
        }
        Type::Array { len, array } => {
            for _ in 0..*len {
                if widths.len() < WIDTHS {
                    push_widths(array, widths);
                }
            }
        }
    }
}
