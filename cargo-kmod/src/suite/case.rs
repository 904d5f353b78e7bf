// SPDX-License-Identifier: GPL-2.0-only
//! One test's result.

use serde::{Deserialize, Serialize};

use super::Fault;
use crate::error;
use crate::kernels::Kernel;

/// One test's result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it belongs to: a crate.
    pub suite: String,
    /// The kernel that it ran on, if it ran in a VM.
    pub kernel: Option<String>,
    /// Its name there.
    pub name: String,
    /// How it ended.
    #[serde(rename = "result")]
    pub verdict: Verdict,
    /// How long it took, where that is known.
    pub ms: Option<u64>,
    /// What it and the kernel had to say; shown when it failed.
    pub output: Vec<String>,
    /// The command that runs it again.
    pub repeat: Option<String>,
    /// What failed in it on order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// How a test ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It passed.
    #[default]
    Pass,
    /// It failed, or could not be run.
    Fail,
    /// It was not run, and should not have been.
    Ignored,
}

impl Case {
    /// A case that passed.
    pub fn pass(suite: impl Into<String>, name: impl Into<String>) -> Case {
        Case {
            suite: suite.into(),
            name: name.into(),
            ..Case::default()
        }
    }

    /// A case that failed.
    pub fn fail(suite: impl Into<String>, name: impl Into<String>, output: Vec<String>) -> Case {
        Case {
            verdict: Verdict::Fail,
            output,
            ..Case::pass(suite, name)
        }
    }

    /// The case of a test on a kernel.
    pub fn on(self, kernel: &Kernel) -> Case {
        Case {
            kernel: Some(kernel.name.clone()),
            ..self
        }
    }

    /// A case that failed because of an error.
    pub fn error(suite: impl Into<String>, name: impl Into<String>, error: &anyhow::Error) -> Case {
        let text = error::message(error);
        Case::fail(suite, name, text.lines().map(str::to_owned).collect())
    }
}
