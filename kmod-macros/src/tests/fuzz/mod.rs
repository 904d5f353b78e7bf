// SPDX-License-Identifier: GPL-2.0-only
//! Token streams that nobody would write: no panic, no hang, and nothing is dropped in silence.
//!
//! `kmod-macros/fuzz` lets libFuzzer choose them. A long run of chance: `FUZZ_INPUTS=1000000 FUZZ_SEED=7 cargo test --profile optimised -p kmod-macros fuzz -- --nocapture`

pub mod corpus;
mod mutate;
pub mod property;

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use mutate::{Pool, Random, mutated, random};
#[cfg(test)]
use property::DERIVE;
use property::Use;

/// How many inputs a run has that says nothing else.
#[cfg(test)]
const INPUTS: usize = 4_000;

/// The most changes of one input.
const CHANGES: usize = 6;

/// The longest that one input may take, in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

#[cfg(test)]
fn from_env(name: &str, otherwise: usize) -> usize {
    match std::env::var(name) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is a number")),
        Err(_) => otherwise,
    }
}

/// What is wrong with an input, with the input.
fn trouble(input: &Use) -> Option<String> {
    let start = Instant::now();
    let verdict = panic::catch_unwind(AssertUnwindSafe(|| input.check()));
    let trouble = match verdict {
        Ok(Ok(())) if start.elapsed() < LONGEST => return None,
        Ok(Ok(())) => format!("it took {:?}", start.elapsed()),
        Ok(Err(trouble)) => trouble,
        Err(_) => "the macro panicked".to_owned(),
    };
    let Use {
        attribute,
        args,
        item,
    } = input;
    Some(format!("{trouble}:\n#[{attribute}({args})] {item}"))
}

/// What inputs are made of.
pub struct Inputs {
    uses: Vec<Use>,
    pool: Pool,
}

impl Inputs {
    /// From the uses in the repository.
    pub fn new() -> Self {
        let uses = corpus::uses();
        let pool = Pool::new(uses.iter().flat_map(|r#use| [&r#use.args, &r#use.item]));
        Self { uses, pool }
    }

    fn input(&self, dice: &mut Random<'_>) -> Use {
        let mut input = dice.of(&self.uses).clone();
        match dice.below(16) {
            0 => input.args = random(&self.pool, dice),
            1 => input.item = random(&self.pool, dice),
            _ => {
                for _ in 0..=dice.below(CHANGES) {
                    if dice.below(2) == 0 {
                        input.args = mutated(&input.args, &self.pool, dice);
                    } else {
                        input.item = mutated(&input.item, &self.pool, dice);
                    }
                }
            }
        }
        input
    }

    /// Runs the input that these bytes choose, and says what is wrong with it.
    pub fn chosen(&self, bytes: &[u8]) -> Option<String> {
        trouble(&self.input(&mut Random::chosen(bytes)))
    }
}

/// Runs some inputs, and says what the first is that something is wrong with.
#[cfg(test)]
fn run(seed: usize, inputs: usize) -> Option<String> {
    let all = Inputs::new();
    let mut dice = Random::seeded(seed as u64);
    (0..inputs).find_map(|_| trouble(&all.input(&mut dice)))
}

#[test]
fn bytes_choose_an_input() {
    let inputs = Inputs::new();
    let all: Vec<String> = [[0, 0, 2, 0], [1, 0, 2, 0], [0, 0, 0, 0]]
        .iter()
        .map(|bytes| {
            let Use { args, item, .. } = inputs.input(&mut Random::chosen(bytes));
            format!("{args} {item}")
        })
        .collect();
    assert!(all[0] != all[1] && all[0] != all[2], "{all:?}");
    assert_eq!(inputs.chosen(&[0, 0, 2, 0]), None);
}

#[test]
fn random_and_mutated_uses_are_expanded_or_reported() {
    let inputs = from_env("FUZZ_INPUTS", INPUTS);
    let seed = from_env("FUZZ_SEED", 1);
    let start = Instant::now();
    // Token streams stay in their thread.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let trouble = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || run(seed * threads + thread, inputs.div_ceil(threads)))
            })
            .collect();
        let mut ends = runs
            .into_iter()
            .map(|run| run.join().expect("it caught panics"));
        ends.find_map(|trouble| trouble)
    });
    println!("{inputs} inputs, seed {seed}: {:?}", start.elapsed());
    if let Some(trouble) = trouble {
        panic!("{trouble}");
    }
}

#[test]
fn the_corpus_holds_what_its_files_say() {
    let uses = corpus::uses();
    assert!(uses.len() > 200, "{}", uses.len());
    let derived = uses.iter().filter(|r#use| r#use.attribute == DERIVE);
    assert!(derived.count() > 5);
    for input in &uses {
        assert_eq!(trouble(input), None);
    }
}

#[test]
fn what_is_dropped_in_silence_is_noticed() {
    let input = |args: &str, item: &str| Use {
        attribute: "kernel_module",
        args: args.parse().expect("tokens"),
        item: item.parse().expect("tokens"),
    };
    let whole = input(
        "name = \"t\", license = \"GPL\", params(a: u32 = 7)",
        "struct T { #[chrdev(mode = 0o444)] a: A, #[sysctl(path = \"t/s\")] b: B }",
    );
    assert_eq!(whole.check(), Ok(()));
    // An input with more than its expansion stands for an expansion with less than its input.
    for (args, item) in [
        (
            "name = \"t\", license = \"GPL\", params(a: u32 = 7, b: u32 = 7)",
            "struct T { a: A }",
        ),
        (
            "name = \"t\", license = \"GPL\", version = \"1\"",
            "struct T { a: A }",
        ),
        (
            "name = \"t\", license = \"GPL\", params(a: u32 = 8)",
            "struct T { a: A }",
        ),
        (
            "name = \"t\", license = \"GPL\"",
            "struct T { #[chrdev] a: A }",
        ),
        (
            "name = \"t\", license = \"GPL\"",
            "struct T { #[chrdev(mode = 0o400)] a: A }",
        ),
        ("name = \"t\", license = \"GPL\"", "struct T { a: A, b: B }"),
    ] {
        let less = input(
            "name = \"t\", license = \"GPL\", params(a: u32 = 7)",
            "struct T { a: A }",
        );
        let verdict = input(args, item).judge(&less.expand());
        assert!(verdict.is_err(), "{args} {item}");
    }
}
