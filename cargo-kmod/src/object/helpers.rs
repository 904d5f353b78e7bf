// SPDX-License-Identifier: GPL-2.0-only
//! The helpers that a module reaches, compiled when it does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Error, Result};
use kmod_build::helpers::{Body, Helpers};

use super::link::Member;

/// What a module's object takes of the helpers.
#[derive(Default)]
pub struct Reached {
    /// The objects that define those that are called.
    pub members: Vec<Member>,
    /// Those that only jump, and where they jump to: that is called in their place.
    jumps: BTreeMap<String, String>,
}

impl Reached {
    /// The helpers that `object` calls, and those that they call.
    pub fn by(object: &[u8], helpers: &[Helpers]) -> Result<Self> {
        let mut reached = Self::default();
        let mut wanted = Member::read(object)
            .map(|object| object.undefined)
            .unwrap_or_default();
        let mut seen = BTreeSet::new();
        while let Some(name) = wanted.pop_first() {
            if seen.insert(name.clone()) {
                wanted.extend(reached.find(&name, helpers)?);
            }
        }
        Ok(reached)
    }

    /// Takes the helper of that name, if it is one, and returns what that needs.
    fn find(&mut self, name: &str, helpers: &[Helpers]) -> Result<Vec<String>> {
        let sources = helpers
            .iter()
            .flat_map(|of| of.candidates(name).into_iter().map(move |file| (of, file)));
        for (of, source) in sources {
            let Some(compiled) = of.compile_for(name, source).map_err(Error::msg)? else {
                continue;
            };
            if let Some(Body::Jump(to)) = compiled.bodies.get(name) {
                self.jumps.insert(name.to_owned(), to.clone());
                return Ok(vec![to.clone()]);
            }
            // It may stand in a source of which another one was taken.
            if self.members.iter().any(|one| one.defines(name)) {
                return Ok(Vec::new());
            }
            let object = &compiled.object;
            let data =
                fs::read(object).with_context(|| format!("cannot read {}", object.display()))?;
            if let Some(member) = Member::read(&data).filter(|member| member.defines(name)) {
                let needed = member.undefined.iter().cloned().collect();
                self.members.push(member);
                return Ok(needed);
            }
        }
        Ok(Vec::new())
    }

    /// Whether there are none.
    pub fn is_none(&self) -> bool {
        self.members.is_empty() && self.jumps.is_empty()
    }

    /// `old=new` for each symbol that `member` is to take under another name. Of those that are to have
    /// the same name, each is for another run of objcopy.
    pub fn jumps_of(&self, member: &Member) -> Vec<Vec<String>> {
        let mut runs: Vec<BTreeMap<&str, &str>> = Vec::new();
        let jumps = self.jumps.iter();
        for (from, to) in jumps.filter(|(from, _)| member.undefined.contains(*from)) {
            let free = runs.iter().position(|run| !run.contains_key(&**to));
            let run = free.unwrap_or_else(|| {
                runs.push(BTreeMap::new());
                runs.len() - 1
            });
            runs[run].insert(to, from);
        }
        let arguments = |run: BTreeMap<&str, &str>| {
            let names = run.into_iter();
            names.map(|(to, from)| format!("{from}={to}")).collect()
        };
        runs.into_iter().map(arguments).collect()
    }
}
