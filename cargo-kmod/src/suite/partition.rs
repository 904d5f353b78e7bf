// SPDX-License-Identifier: GPL-2.0-only
//! A run that is split over machines: which part is this one's.

use std::ops::Range;
use std::str::FromStr;

use crate::kernels::Covered;

/// One of the parts of a run, written `2/3`.
///
/// # Invariants
/// `1 <= number <= of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    number: usize,
    of: usize,
}

impl Default for Partition {
    fn default() -> Self {
        Self { number: 1, of: 1 }
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| {
            let partition = Self {
                number: number.parse().ok()?,
                of: of.parse().ok()?,
            };
            (1..=partition.of)
                .contains(&partition.number)
                .then_some(partition)
        });
        numbers.ok_or_else(|| "a part is written N/M, as 1/3, 2/3 and 3/3".to_owned())
    }
}

impl Partition {
    /// Whether nothing is split.
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// Whether the tests that run on the host are in this part: they are in the first.
    pub fn has_host(self) -> bool {
        self.number == 1
    }

    /// This part of what is to run in VMs, of `packages` on `kernels`. Where there are tests for
    /// the host, too, which take as long as three kernels, the first part has these alone, but keeps
    /// the first kernel, whose VM is tested with them.
    pub fn of_vms(self, kernels: Vec<Covered>, packages: &[&str], host: bool) -> Vec<Covered> {
        if self.is_whole() {
            return kernels;
        }
        let takes = |kernel: &Covered, package: &str| {
            let listed = |names: &Vec<String>| names.iter().any(|name| name == package);
            kernel.packages.as_ref().is_none_or(listed)
        };
        let all = kernels.iter().map(|kernel| {
            let taken = packages.iter().filter(|package| takes(kernel, package));
            taken.count()
        });
        let share = self.share(all.sum(), host);
        let mut at = 0;
        let mut ours = Vec::new();
        for (number, kernel) in kernels.into_iter().enumerate() {
            let taken: Vec<String> = packages
                .iter()
                .filter(|package| takes(&kernel, package))
                .filter(|_| {
                    at += 1;
                    share.contains(&(at - 1))
                })
                .map(|&package| package.to_owned())
                .collect();
            let is_tested = host && self.has_host() && number == 0;
            if !taken.is_empty() || is_tested {
                ours.push(Covered {
                    packages: Some(taken),
                    ..kernel
                });
            }
        }
        ours
    }

    /// Neighbours stay together: the first module of a kernel is the dearest to build.
    fn share(self, count: usize, host: bool) -> Range<usize> {
        let (number, of) = match host {
            true if self.number == 1 => return 0..0,
            true => (self.number - 1, self.of - 1),
            false => (self.number, self.of),
        };
        count * (number - 1) / of..count * number / of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernels() -> Vec<Covered> {
        let kernel = |kernel: &str, packages: Option<&[&str]>| Covered {
            packages: packages.map(|names| names.iter().map(|&name| name.to_owned()).collect()),
            ..Covered::whole(kernel.to_owned())
        };
        vec![
            kernel("6.1", None),
            kernel("5.10", None),
            kernel("7.3", Some(&["two"])),
        ]
    }

    fn pairs(partition: Partition, host: bool) -> Vec<(String, String)> {
        let kernels = partition.of_vms(kernels(), &["one", "two", "three"], host);
        let pairs = kernels.into_iter().flat_map(
            |Covered {
                 kernel, packages, ..
             }| {
                let names = packages.unwrap().into_iter();
                names.map(move |name| (kernel.clone(), name))
            },
        );
        pairs.collect()
    }

    #[test]
    fn each_pair_is_in_one_part() {
        for host in [false, true] {
            for of in 2..12 {
                let parts = (1..=of).flat_map(|number| pairs(Partition { number, of }, host));
                let all: Vec<_> = parts.collect();
                assert_eq!(all.len(), 7, "{host} {of}");
                assert_eq!(all[6], ("7.3".to_owned(), "two".to_owned()));
            }
        }
        assert_eq!(Partition::default().of_vms(kernels(), &[], true), kernels());
    }

    #[test]
    fn the_first_part_has_the_host_and_one_kernel_for_it() {
        let first = Partition { number: 1, of: 3 };
        let kernels = first.of_vms(kernels(), &["one"], true);
        assert_eq!(kernels.len(), 1);
        assert_eq!(
            (&*kernels[0].kernel, kernels[0].packages.as_deref()),
            ("6.1", Some(&[][..]))
        );
    }

    #[test]
    fn a_part_is_one_of_those_there_are() {
        assert_eq!("2/3".parse(), Ok(Partition { number: 2, of: 3 }));
        for wrong in ["0/3", "4/3", "1/0", "3", "a/b", "1/2/3"] {
            assert!(wrong.parse::<Partition>().is_err(), "{wrong}");
        }
    }
}
