// SPDX-License-Identifier: GPL-2.0-only
//! Which commit a figure is of.

use std::path::Path;

use super::baseline::Worse;
use cargo_kmod::process;

/// The commit that is checked out, with `-dirty` where files differ from it; nothing where git knows none.
pub fn commit(workspace: &Path) -> Option<String> {
    git(
        workspace,
        &["describe", "--always", "--dirty", "--abbrev=12"],
    )
}

/// The command that measures a subject again, and compares it with the figures of a file.
pub fn again(kernel: &str, file: &Path, subject: &str) -> String {
    let file = file.display();
    format!("cargo kmod bench -k {kernel} --baseline {file} {subject}")
}

/// How to find the commit that made the first of these figures worse: the one since which the baseline has
/// it is known to be good. Nothing where the history does not go back so far.
/// `command` is the one that measures a subject again.
pub fn bisect(
    workspace: &Path,
    file: &Path,
    worse: &[Worse],
    command: impl Fn(&str) -> String,
) -> Option<String> {
    if git(workspace, &["rev-parse", "--is-shallow-repository"])? != "false" {
        return None;
    }
    let (subject, was) = worse
        .iter()
        .find_map(|worse| Some((&worse.subject, worse.was.as_deref()?)))?;
    let file = file.to_str()?;
    let wrote = format!("-S{was}");
    let since = git(workspace, &["log", "-1", "--format=%h", &wrote, "--", file])?;
    (!since.is_empty()).then(|| {
        format!(
            "the commit that brought it is found by: git bisect start HEAD {since} && git bisect run {}",
            command(subject)
        )
    })
}

fn git(workspace: &Path, args: &[&str]) -> Option<String> {
    let mut git = process::command("git");
    process::output(git.args(args).current_dir(workspace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_figure_is_of_the_commit_that_wrote_it() {
        let dir = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| git(dir.path(), args).unwrap();
        let commit_with = |text: &str| {
            fs::write(dir.path().join("baseline.json"), text).unwrap();
            run(&["add", "."]);
            let who = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
            run(&[&who[..], &["commit", "-q", "-m", "figures"]].concat());
            run(&["rev-parse", "--short", "HEAD"])
        };
        run(&["init", "-q"]);
        commit_with("\"read\": 1.0\n");
        let second = commit_with("\"read\": 0.9\n");
        commit_with("\"read\": 0.9,\n\"write\": 1.0\n");
        let worse = |was: Option<&str>| Worse {
            subject: "device".into(),
            what: String::new(),
            was: was.map(str::to_owned),
        };
        let all = [worse(None), worse(Some("\"read\": 0.9"))];
        let file = Path::new("baseline.json");
        let make = |_: &str| "make".to_owned();
        assert_eq!(
            bisect(dir.path(), file, &all, make).unwrap(),
            format!(
                "the commit that brought it is found by: git bisect start HEAD {second} && git bisect \
                 run make"
            )
        );
        // A figure that is new was never good.
        assert_eq!(bisect(dir.path(), file, &all[..1], make), None);
        assert!(!commit(dir.path()).unwrap().ends_with("-dirty"));
        fs::write(dir.path().join("baseline.json"), "").unwrap();
        assert!(commit(dir.path()).unwrap().ends_with("-dirty"));
    }
}
