// SPDX-License-Identifier: GPL-2.0-only
//! Programs that may do the same as others, and are fewer or smaller. A list of programs, which run one after the
//! other, is what the guest tries; before each it loads the module anew.

use kmod_test::replay::{self, Op, Step};

/// Each of so many programs before the last is tried with it alone.
const BEFORE: usize = 32;

/// Of a program with more steps, not every two are tried.
const PAIRED: usize = 7;

/// Programs that run one after the other.
pub type List = Vec<String>;

/// Lists of those before a report, the shortest first: what the last one did may need what an earlier one did.
pub fn first(programs: &[String]) -> Vec<List> {
    let Some((last, before)) = programs.split_last() else {
        return Vec::new();
    };
    let mut lists = vec![vec![last.clone()]];
    let pairs = before.iter().rev();
    lists.extend(
        pairs
            .take(BEFORE)
            .map(|one| vec![one.clone(), last.clone()]),
    );
    let mut some = 4;
    while some < programs.len() {
        lists.push(programs[programs.len() - some..].to_vec());
        some *= 2;
    }
    lists.push(programs.to_vec());
    lists
}

/// A list without some of its steps, the smallest first: what does it costs a boot, what does not is done at once.
pub fn parts(list: &[String]) -> Vec<List> {
    let programs: Option<Vec<Vec<Step>>> = list.iter().map(|text| replay::parse(text)).collect();
    let Some(programs) = programs else {
        return Vec::new();
    };
    let count: usize = programs.iter().map(Vec::len).sum();
    let mut parts = Vec::new();
    let mut length = count / 2;
    while length > 0 && count > 1 {
        for from in (0..count).step_by(length) {
            parts.push(without(&programs, from, from + length));
        }
        length /= 2;
    }
    let threads = programs.iter().flatten().map(|step| step.thread);
    if threads.clone().any(|thread| thread != 0) {
        let one = programs.iter().map(|program| {
            let steps = program.iter().cloned();
            steps.map(|step| Step { thread: 0, ..step }).collect()
        });
        parts.push(one.collect());
    }
    for (number, program) in programs.iter().enumerate() {
        for at in 0..program.len() {
            let mut part = programs.clone();
            part[number] = alone(program, &[at]);
            parts.push(part);
        }
    }
    if let [program] = &*programs
        && program.len() <= PAIRED
    {
        let pairs = (0..program.len()).flat_map(|to| (0..to).map(move |from| [from, to]));
        parts.extend(pairs.map(|pair| vec![alone(program, &pair)]));
    }
    parts.retain(|part| *part != programs);
    let steps = |part: &Vec<Vec<Step>>| part.iter().map(Vec::len).sum::<usize>();
    parts.sort_by_key(steps);
    parts.dedup();
    let texts = parts.into_iter().map(|part| {
        let programs = part.into_iter().filter(|steps| !steps.is_empty());
        programs.map(|steps| replay::text(&steps)).collect()
    });
    texts.filter(|part: &List| !part.is_empty()).collect()
}

/// The programs without the steps of a range, counted through all of them.
fn without(programs: &[Vec<Step>], from: usize, to: usize) -> Vec<Vec<Step>> {
    let mut number = 0;
    let kept = programs.iter().map(|program| {
        let steps = program.iter().filter(|_| {
            number += 1;
            !(from..to).contains(&(number - 1))
        });
        steps.cloned().collect()
    });
    kept.collect()
}

/// Some steps of a program, with those before them that open their files.
fn alone(program: &[Step], steps: &[usize]) -> Vec<Step> {
    let opens = steps.iter().filter_map(|&at| {
        let slot = program[at].op.slot()?;
        let opens = |step: &Step| matches!(step.op, Op::Open(opened, _) if opened == slot);
        program[..at].iter().rposition(opens)
    });
    let mut kept: Vec<usize> = opens.chain(steps.iter().copied()).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().map(|at| program[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(programs: &[&str]) -> List {
        programs.iter().map(|&program| program.to_owned()).collect()
    }

    #[test]
    fn the_last_program_is_tried_first_and_then_with_those_before() {
        let all = list(&["0 get /a", "0 get /b", "0 get /c"]);
        assert_eq!(
            first(&all),
            [
                list(&["0 get /c"]),
                list(&["0 get /b", "0 get /c"]),
                list(&["0 get /a", "0 get /c"]),
                all.clone(),
            ]
        );
    }

    #[test]
    fn parts_are_smaller_and_the_smallest_come_first() {
        let all = list(&["0 get /a; 0 get /b", "1 get /c; 0 get /d"]);
        let parts = parts(&all);
        assert_eq!(parts[0], list(&["1 get /c; 0 get /d"]));
        assert_eq!(parts[1], list(&["0 get /a; 0 get /b"]));
        assert!(parts.contains(&list(&["0 get /a", "1 get /c; 0 get /d"])));
        assert!(parts.contains(&list(&["0 get /a; 0 get /b", "0 get /c; 0 get /d"])));
        assert!(!parts.contains(&all));
        assert!(self::parts(&list(&["0 get /a"])).is_empty());
    }

    #[test]
    fn a_step_alone_has_its_file_opened() {
        let all = "0 open 0 /a; 0 open 1 /b; 0 read 1 1; 0 read 0 5; 1 get /c; 0 seek 1 7; 0 close 1; 0 close 0";
        let parts = parts(&list(&[all]));
        assert!(parts.contains(&list(&["0 open 0 /a; 0 read 0 5"])));
        assert!(parts.contains(&list(&["1 get /c"])));
        let program = replay::parse(all).unwrap();
        assert_eq!(
            replay::text(&alone(&program, &[3, 5])),
            "0 open 0 /a; 0 open 1 /b; 0 read 0 5; 0 seek 1 7"
        );
    }
}
