// SPDX-License-Identifier: GPL-2.0-only
//! One make at a time in a folder, also when who started one was killed and it goes on.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process;

/// The command, to be run when none that went before is running in the folder. The lock is held by a
/// process beside it that waits for its end (what it leaves running does not count), where there is
/// flock(1), of util-linux.
pub fn of(command: &Command, folder: &Path) -> Command {
    let lock = folder.join(".make.lock");
    let (Some(flock), Ok(_)) = (process::which("flock"), fs::File::create(&lock)) else {
        return with_surroundings(Command::new(command.get_program()), command);
    };
    let mut alone = Command::new(flock);
    alone.arg("--close").arg(lock).arg(command.get_program());
    with_surroundings(alone, command)
}

/// With the arguments, the folder and the environment of `of`.
fn with_surroundings(mut command: Command, of: &Command) -> Command {
    command.args(of.get_args());
    if let Some(folder) = of.get_current_dir() {
        command.current_dir(folder);
    }
    for (name, value) in of.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Child, Stdio};

    fn start(folder: &Path, script: &str) -> Child {
        let mut sh = Command::new("sh");
        sh.args(["-c", script]).current_dir(folder).env("WORD", "x");
        of(&sh, folder).stdin(Stdio::piped()).spawn().unwrap()
    }

    #[test]
    fn the_next_waits_for_one_whose_starter_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let sh = ": >begun; cat gate >/dev/null; echo first $WORD >>log";
        let made = Command::new("mkfifo").arg(folder.join("gate")).status();
        assert!(made.unwrap().success());
        let mut first = start(folder, sh);
        while !folder.join("begun").exists() {
            std::thread::yield_now();
        }
        let mut second = start(
            folder,
            "echo second >>log; sleep 5 </dev/null >/dev/null 2>&1 &",
        );
        fs::write(folder.join("gate"), "").unwrap();
        assert!(first.wait().unwrap().success() && second.wait().unwrap().success());
        // What the second has left running keeps nobody from going on.
        assert!(start(folder, "echo third >>log").wait().unwrap().success());
        let log = fs::read_to_string(folder.join("log")).unwrap();
        assert_eq!(log, "first x\nsecond\nthird\n");
    }
}
