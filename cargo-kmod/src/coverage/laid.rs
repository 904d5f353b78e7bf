// SPDX-License-Identifier: GPL-2.0-only
//! Whose code a block is: told by its bytes.
//!
//! Modules come and go, at addresses that change, and some go before anybody could ask where they were: those whose
//! `init` fails. So nobody is asked. A section of a module lies where enough of what ran fits it, byte by byte,
//! but for the bytes that the kernel's loader fills in; it lies there until another one is seen in its place.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::ops::Range;

use anyhow::{Context as _, Result};
use object::{
    File, Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SectionFlags,
    SectionIndex, SectionKind, elf,
};

use super::code::Block;

/// So many bytes of one block count for a place; so many in all, and a section lies there.
const LEAST: usize = 6;
const ENOUGH: usize = 24;

/// A block that fits so many bytes shows that its section is still where it was.
const SURE: usize = 4;

/// So many blocks are kept of which is not known yet whose they are.
const WAITING: usize = 20_000;

/// Before a number that the loader fills in, so many bytes of its instruction may be changed, too: a call through a
/// thunk becomes the call itself.
const BEFORE: usize = 3;

/// At a place of which a table tells the kernel, it may write so many bytes anew: a branch, an instruction that this
/// processor has.
const SITE: usize = 8;

/// Code of a module: a section of its file.
pub struct Section {
    /// Whose it is, by the order of the modules.
    pub module: usize,
    /// Its name.
    pub name: String,
    align: u64,
    bytes: Vec<u8>,
    kinds: Vec<Kind>,
    /// Which of its bytes were run.
    pub run: Vec<bool>,
}

/// What is known of a byte before the module is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fixed,
    /// The loader may change it.
    Changed,
    /// The loader fills it in.
    Filled,
}

/// The sections with code of a module's file.
pub fn sections(file: &File<'_>, module: usize) -> Result<Vec<Section>> {
    let mut found = HashMap::<SectionIndex, Section>::new();
    for section in file.sections() {
        if section.kind() != SectionKind::Text || section.size() == 0 {
            continue;
        }
        let bytes = section.data().context("a section that is cut off")?;
        let mut kinds = vec![Kind::Fixed; bytes.len()];
        for (at, relocation) in section.relocations() {
            let at = usize::try_from(at)?;
            let length = usize::from(relocation.size() / 8).max(4);
            mark(&mut kinds, at.saturating_sub(BEFORE)..at, Kind::Changed);
            mark(&mut kinds, at..at + length, Kind::Filled);
        }
        let section_of = Section {
            module,
            name: section.name()?.to_owned(),
            align: section.align().max(1),
            run: vec![false; bytes.len()],
            bytes: bytes.to_vec(),
            kinds,
        };
        found.insert(section.index(), section_of);
    }
    for (at, to) in sites(file) {
        if let Some(section) = found.get_mut(&at) {
            let to = usize::try_from(to)?;
            mark(&mut section.kinds, to..to + SITE, Kind::Changed);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(index, _)| index.0);
    Ok(found.into_iter().map(|(_, section)| section).collect())
}

/// Says of bytes what they are, unless they are known to be filled in.
fn mark(kinds: &mut [Kind], range: Range<usize>, kind: Kind) {
    let end = range.end.min(kinds.len());
    for is in kinds.get_mut(range.start..end).unwrap_or_default() {
        if *is != Kind::Filled {
            *is = kind;
        }
    }
}

/// Places in code of which a table tells the kernel. Those of stack traces tell of all code, and change none.
fn sites(file: &File<'_>) -> Vec<(SectionIndex, u64)> {
    let mut sites = Vec::new();
    for section in file.sections() {
        let SectionFlags::Elf { sh_flags } = section.flags() else {
            continue;
        };
        let flags = u64::from(elf::SHF_ALLOC | elf::SHF_EXECINSTR);
        let is_table = sh_flags & flags == u64::from(elf::SHF_ALLOC);
        if !is_table || section.name().is_ok_and(|name| name.contains(".orc_")) {
            continue;
        }
        for (_, relocation) in section.relocations() {
            let RelocationTarget::Symbol(index) = relocation.target() else {
                continue;
            };
            if let Ok(symbol) = file.symbol_by_index(index)
                && let Some(section) = symbol.section_index()
            {
                let to = symbol.address().wrapping_add_signed(relocation.addend());
                sites.push((section, to));
            }
        }
    }
    sites
}

impl Section {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// How many bytes of a block are those of this section that lies at `base`, if none is another.
    fn fit(&self, base: u64, block: &Block) -> Option<usize> {
        let from = usize::try_from(block.at.checked_sub(base)?).ok()?;
        let to = from.checked_add(block.bytes.len())?;
        let (own, kinds) = (self.bytes.get(from..to)?, &self.kinds[from..to]);
        let mut equal = 0;
        for ((own, kind), byte) in own.iter().zip(kinds).zip(&block.bytes) {
            match kind {
                Kind::Fixed if own != byte => return None,
                Kind::Fixed | Kind::Changed if own == byte => equal += 1,
                _ => {}
            }
        }
        Some(equal)
    }

    fn ran(&mut self, base: u64, block: &Block) {
        let from = usize::try_from(block.at - base).unwrap_or(usize::MAX);
        let to = from.saturating_add(block.bytes.len());
        if let Some(run) = self.run.get_mut(from..to) {
            run.fill(true);
        }
    }

    /// Where it may lie if a block is of it, and how many bytes say so.
    fn places(&self, block: &Block) -> impl Iterator<Item = (u64, usize)> {
        let first = block.at % self.align;
        let offsets = (first..self.size()).step_by(usize::try_from(self.align).unwrap_or(1));
        offsets.filter_map(|offset| {
            let base = block.at.checked_sub(offset)?;
            let equal = self.fit(base, block)?;
            (equal >= LEAST).then_some((base, equal))
        })
    }
}

/// A section at an address.
struct Laid {
    section: usize,
    base: u64,
    /// Blocks that fit because all of their bytes are the loader's. They are of this section if one that is surely
    /// so comes before another section lies here.
    doubtful: Vec<Block>,
}

/// All code that may be seen, and where it lies at the time.
#[derive(Default)]
pub struct Layout {
    /// The code.
    pub sections: Vec<Section>,
    laid: Vec<Laid>,
    waiting: Vec<Block>,
    votes: HashMap<(usize, u64), usize>,
    seen: HashSet<(u64, usize)>,
}

impl Layout {
    /// Takes the next block that ran.
    pub fn see(&mut self, block: Block) {
        let sections = &mut self.sections;
        for laid in &mut self.laid {
            let section = &mut sections[laid.section];
            match section.fit(laid.base, &block) {
                None => {}
                Some(0) => return laid.doubtful.push(block),
                Some(equal) => {
                    section.ran(laid.base, &block);
                    if equal >= SURE {
                        for block in laid.doubtful.drain(..) {
                            section.ran(laid.base, &block);
                        }
                    }
                    return;
                }
            }
        }
        // A block that is seen again says nothing new.
        if self.seen.insert((block.at, block.bytes.len())) {
            for (number, section) in self.sections.iter().enumerate() {
                for (base, equal) in section.places(&block) {
                    *self.votes.entry((number, base)).or_default() += equal;
                }
            }
        }
        if self.waiting.len() >= WAITING {
            self.waiting.drain(..WAITING / 2);
        }
        self.waiting.push(block);
        let best = self.votes.iter().max_by_key(|(_, votes)| **votes);
        if let Some((&place, &most)) = best.filter(|(_, votes)| **votes >= ENOUGH) {
            let mut others = self.votes.iter().filter(|(_, votes)| **votes == most);
            if !others.any(|(&other, _)| other != place && self.excludes(place, other)) {
                self.lay(place);
            }
        }
    }

    /// Whether only one of two sections can lie where they are said to.
    fn excludes(&self, one: (usize, u64), other: (usize, u64)) -> bool {
        let end = |(section, base): (usize, u64)| base + self.sections[section].size();
        one.0 == other.0 || (one.1 < end(other) && other.1 < end(one))
    }

    /// A section lies at an address from the first block on that has been waiting for it.
    fn lay(&mut self, (number, base): (usize, u64)) {
        let place = (number, base);
        let (mut laid, mut votes) = (mem::take(&mut self.laid), mem::take(&mut self.votes));
        let over = laid.extract_if(.., |laid| self.excludes(place, (laid.section, laid.base)));
        let doubtful: Vec<Block> = over.flat_map(|laid| laid.doubtful).collect();
        votes.retain(|other, _| !self.excludes(place, *other));
        (self.laid, self.votes) = (laid, votes);
        let section = &mut self.sections[number];
        let ranges = base..base + section.size();
        let waiting = self
            .waiting
            .extract_if(.., |block| ranges.contains(&block.at));
        for block in doubtful.into_iter().chain(waiting) {
            if section.fit(base, &block).is_some_and(|equal| equal > 0) {
                section.ran(base, &block);
            }
        }
        self.seen.retain(|(at, _)| !ranges.contains(at));
        self.laid.push(Laid {
            section: number,
            base,
            doubtful: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section of code that is nowhere alike.
    fn section(module: usize, seed: u8) -> Section {
        let bytes: Vec<u8> = (0..400_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 ^ seed)
            .collect();
        let mut kinds = vec![Kind::Fixed; bytes.len()];
        mark(&mut kinds, 100..104, Kind::Filled);
        mark(&mut kinds, 97..100, Kind::Changed);
        Section {
            module,
            name: ".text".to_owned(),
            align: 16,
            run: vec![false; bytes.len()],
            bytes,
            kinds,
        }
    }

    fn layout() -> Layout {
        Layout {
            sections: vec![section(0, 0), section(1, 0x5a)],
            ..Layout::default()
        }
    }

    fn block(layout: &Layout, section: usize, base: u64, range: Range<usize>) -> Block {
        Block {
            at: base + range.start as u64,
            bytes: layout.sections[section].bytes[range].to_vec(),
        }
    }

    fn ran(layout: &Layout, section: usize) -> Vec<usize> {
        let run = layout.sections[section].run.iter().enumerate();
        run.filter(|(_, run)| **run).map(|(at, _)| at).collect()
    }

    #[test]
    fn a_section_is_where_what_runs_fits_it() {
        let mut layout = layout();
        for range in [0..10, 20..30, 40..60] {
            layout.see(block(&layout, 0, 0x1000, range));
        }
        let expected: Vec<usize> = (0..10).chain(20..30).chain(40..60).collect();
        assert_eq!(ran(&layout, 0), expected, "those before it was known, too");
        assert_eq!(ran(&layout, 1), [] as [usize; 0]);
        // A short one, now that it is known where the section lies.
        layout.see(block(&layout, 0, 0x1000, 70..71));
        assert!(layout.sections[0].run[70]);
        // Code of which nothing is known.
        layout.see(Block {
            at: 0x1000 + 80,
            bytes: vec![0; 40],
        });
        assert!(!layout.sections[0].run[80]);
    }

    #[test]
    fn another_module_may_lie_where_one_was() {
        let mut layout = layout();
        layout.see(block(&layout, 0, 0x1000, 0..60));
        layout.see(block(&layout, 1, 0x1000, 64..90));
        layout.see(block(&layout, 1, 0x1000, 110..150));
        layout.see(block(&layout, 1, 0x1000, 160..161));
        let second: Vec<usize> = (64..90).chain(110..150).chain([160]).collect();
        assert_eq!(ran(&layout, 1), second);
        assert_eq!(ran(&layout, 0), (0..60).collect::<Vec<_>>());
    }

    #[test]
    fn what_the_loader_changes_is_not_compared() {
        let mut layout = layout();
        layout.see(block(&layout, 0, 0x1000, 0..60));
        let mut changed = block(&layout, 0, 0x1000, 97..110);
        changed.bytes[..7].fill(0xcc);
        layout.see(changed);
        assert!(layout.sections[0].run[97] && layout.sections[0].run[109]);
    }

    #[test]
    fn what_is_all_the_loaders_is_whose_the_next_one_is() {
        let all = |layout: &Layout| Block {
            bytes: vec![0xcc; 4],
            ..block(layout, 0, 0x1000, 100..104)
        };
        let mut layout = layout();
        layout.see(block(&layout, 0, 0x1000, 0..60));
        layout.see(all(&layout));
        assert!(!layout.sections[0].run[100]);
        layout.see(block(&layout, 0, 0x1000, 110..120));
        assert!(layout.sections[0].run[100]);

        let mut layout = self::layout();
        layout.see(block(&layout, 0, 0x1000, 0..60));
        layout.see(all(&layout));
        layout.see(block(&layout, 1, 0x1000, 110..150));
        layout.see(block(&layout, 0, 0x1000, 110..150));
        layout.see(block(&layout, 0, 0x1000, 200..250));
        assert!(!layout.sections[0].run[100], "the other's");
    }
}
