// SPDX-License-Identifier: GPL-2.0-only
//! Modules as tests need them: a function in a file that the rest is right of, for an architecture that need not be
//! the host's.

use std::collections::BTreeSet;
use std::fs;

use object::elf;

use crate::Kernel;
use crate::module::Module;
use crate::rules::RULES;
use crate::target::Target;

/// The rules that look at nothing but code and the file's form.
const LOOKED_AT: &[&str] = &[
    "abi",
    "relocations",
    "sections",
    "floating-point",
    "baseline",
    "return-signing",
    "stack-frame",
];

/// A module that consists of one function.
pub struct Wrong<'a> {
    pub machine: u16,
    /// `e_flags`.
    pub flags: u32,
    pub code: &'a [u8],
    /// Code behind it that is no function.
    pub behind: &'a [u8],
    /// The type of a relocation at the function's start, of a symbol that is not defined.
    pub relocation: u32,
    /// The name of one more section, with a byte; it names the code behind the function, if there is some.
    pub section: &'a str,
}

impl Wrong<'_> {
    /// The rules of code that it breaks on a kernel of this configuration.
    pub fn broken(&self, config: &str) -> BTreeSet<&'static str> {
        let file = self.file();
        let module = Module::parse(&file).expect("it is a module");
        let kdir = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(kdir.path().join("include/config")).expect("the same");
        fs::write(kdir.path().join("include/config/auto.conf"), config).expect("the same");
        let kernel = Kernel {
            release: "6.12.0",
            kdir: kdir.path(),
            others: &[],
        };
        let target = Target::read(&kernel, std::iter::empty()).expect("it is there");
        let rules = RULES.iter().filter(|rule| LOOKED_AT.contains(&rule.name));
        let broken = rules.filter(|rule| {
            let mut findings = Vec::new();
            if (rule.applies)(&module, &target) {
                (rule.check)(&module, &target, &mut findings).expect("it can be looked at");
            }
            !findings.is_empty()
        });
        broken.map(|rule| rule.name).collect()
    }

    /// The file: a header, the sections' contents, their headers.
    fn file(&self) -> Vec<u8> {
        let text = |words: &[&str]| words.join("\0").into_bytes();
        let names = [
            "",
            ".text",
            ".rela.text",
            ".symtab",
            ".strtab",
            ".gnu.linkonce.this_module",
            self.section,
            ".rela",
            ".shstrtab\0",
        ];
        let length = self.code.len() as u64;
        let info = |bind: u8, kind: u8| bind << 4 | kind;
        let symbols = [
            symbol(0, 0, 0, 0),
            symbol(1, info(elf::STB_GLOBAL, elf::STT_FUNC), 1, length),
            symbol(7, info(elf::STB_GLOBAL, elf::STT_NOTYPE), 0, 0),
        ];
        let relocation = |symbol: u64, addend: u64| {
            [0, symbol << 32 | u64::from(self.relocation), addend]
                .map(u64::to_le_bytes)
                .concat()
        };
        let named = match self.behind {
            [] => Vec::new(),
            _ => relocation(1, length),
        };
        let alloc = u64::from(elf::SHF_ALLOC);
        // Kind, flags, contents, link, info, size of an entry.
        let sections: [(u32, u64, Vec<u8>, u32, u32, u64); 9] = [
            (elf::SHT_NULL, 0, Vec::new(), 0, 0, 0),
            (
                elf::SHT_PROGBITS,
                alloc | u64::from(elf::SHF_EXECINSTR),
                [self.code, self.behind].concat(),
                0,
                0,
                0,
            ),
            (elf::SHT_RELA, 0, relocation(2, 0), 3, 1, 24),
            (elf::SHT_SYMTAB, 0, symbols.concat(), 4, 1, 24),
            (elf::SHT_STRTAB, 0, text(&["", "wrong", "other\0"]), 0, 0, 0),
            (elf::SHT_PROGBITS, alloc, vec![0; 8], 0, 0, 0),
            (elf::SHT_PROGBITS, alloc, vec![0], 0, 0, 0),
            (elf::SHT_RELA, 0, named, 3, 6, 24),
            (elf::SHT_STRTAB, 0, text(&names), 0, 0, 0),
        ];
        let mut file = header(self.machine, self.flags, sections.len());
        let mut headers = Vec::new();
        let mut name = 0;
        for ((kind, flags, contents, link, info, entry), called) in sections.iter().zip(names) {
            file.resize(file.len().next_multiple_of(8), 0);
            let at = file.len() as u64;
            file.extend(contents);
            headers.extend(u32::to_le_bytes(name));
            headers.extend(kind.to_le_bytes());
            headers.extend(
                [*flags, 0, at, contents.len() as u64]
                    .map(u64::to_le_bytes)
                    .concat(),
            );
            headers.extend([*link, *info].map(u32::to_le_bytes).concat());
            headers.extend([8, *entry].map(u64::to_le_bytes).concat());
            name += u32::try_from(called.len() + 1).expect("a short name");
        }
        file.resize(file.len().next_multiple_of(8), 0);
        let at = file.len() as u64;
        file[40..48].copy_from_slice(&at.to_le_bytes());
        file.extend(headers);
        file
    }
}

fn symbol(name: u32, info: u8, section: u16, size: u64) -> Vec<u8> {
    let mut symbol = name.to_le_bytes().to_vec();
    symbol.extend([info, 0]);
    symbol.extend(section.to_le_bytes());
    symbol.extend([0, size].map(u64::to_le_bytes).concat());
    symbol
}

/// Of an ELF file that is to be linked; where the sections' headers are is put in later.
fn header(machine: u16, flags: u32, sections: usize) -> Vec<u8> {
    let mut header = vec![0x7f, b'E', b'L', b'F', elf::ELFCLASS64, elf::ELFDATA2LSB, 1];
    header.resize(16, 0);
    header.extend([elf::ET_REL, machine].map(u16::to_le_bytes).concat());
    header.extend(1_u32.to_le_bytes());
    header.extend([0; 24]);
    header.extend(flags.to_le_bytes());
    let sections = u16::try_from(sections).expect("a few");
    header.extend(
        [64, 0, 0, 64, sections, sections - 1]
            .map(u16::to_le_bytes)
            .concat(),
    );
    header
}
