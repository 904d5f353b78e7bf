// SPDX-License-Identifier: GPL-2.0-only
//! Token streams that nobody would write: never a panic, and never a mistake without a report.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::{NONE, messages};

const ARGS: &str = "name = \"ticket\", license = \"GPL\", authors = [\"A\", \"B\"], \
    softdep = \"pre: loop\", params(/** doc */ #[param(perm = 0o644, range = 1..=100)] \
    step: u32 = 1, who: &str = \"world\")";

const ITEM: &str = "struct Ticket { \
    #[chrdev(name = \"a\", mode = 0o444, minors = 2)] ticket: Dispenser, \
    #[sysctl(path = \"ticket/step\", mode = 0o644, range = 1..=100)] step: AtomicU32, \
    #[sysctl(path = \"ticket/row\", format = hex, on_change = Ticket::changed)] row: [AtomicU8; 4], \
    #[sysctl(path = \"ticket/time\", jiffies = ms)] time: AtomicI32, \
    #[chrdev_region(minors = 4)] region: ChrdevRegion, \
    #[filesystem(magic = 0x6e6f7465)] notes: Notes, plain: Mutex<u32> }";

const IMPL: &str = "impl FileOperations for Dispenser { type Module = Ticket; \
    type PerOpen = u32; fn open(&self) -> Result<u32> { Ok(1) } fn read(&self) {} }";

const COMMANDS: &str = "/** doc */ enum Cmd { /** doc */ #[ior(0x01)] Draw(u32), \
    #[iow(2, returns)] Set(Limits), #[iowr(3)] Swap(KBox<[u8; 600]>), #[io(4)] Move(usize) }";

const SHARED: &str = "/** doc */ struct Limits { /** doc */ pub min: u32, rows: [[u8; 4]; 2] }";

/// All streams that differ from this one in one token: left out, twice, or another one instead.
fn mutations(tokens: &TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let others: Vec<TokenTree> = quote!(x = , "s" 7 ()).into_iter().collect();
    let mut all = Vec::new();
    for index in 0..trees.len() {
        let mut with = |middle: Vec<TokenTree>| {
            let (before, after) = (&trees[..index], &trees[index + 1..]);
            let all_trees = before.iter().cloned().chain(middle);
            all.push(all_trees.chain(after.iter().cloned()).collect());
        };
        with(Vec::new());
        with(vec![trees[index].clone(), trees[index].clone()]);
        for other in &others {
            with(vec![other.clone()]);
        }
        if let TokenTree::Group(group) = &trees[index] {
            for stream in mutations(&group.stream()) {
                with(vec![Group::new(group.delimiter(), stream).into()]);
            }
        }
    }
    all
}

fn read(source: &str) -> TokenStream {
    source.parse().expect("a test's source is tokens")
}

#[test]
fn what_is_whole_is_accepted() {
    let krate = quote!(::kmod_core);
    let module = crate::attributes::kernel_module(read(ARGS), read(ITEM), &krate);
    assert_eq!(messages(module), NONE);
    let operations = crate::attributes::file_operations(TokenStream::new(), read(IMPL), &krate);
    assert_eq!(messages(operations), NONE);
}

#[test]
fn mutated_arguments_never_panic() {
    let krate = quote!(::kmod_core);
    let item = read(ITEM);
    for args in mutations(&read(ARGS)) {
        let expansion = crate::attributes::kernel_module(args.clone(), item.clone(), &krate);
        let shown = expansion.to_string();
        assert!(shown.contains("struct Ticket"), "{args} dropped the struct");
        // What is emitted beside a report is Rust, too.
        assert!(
            syn::parse2::<syn::File>(expansion).is_ok(),
            "{args} became no Rust"
        );
    }
}

#[test]
fn mutated_structs_never_panic() {
    let krate = quote!(::kmod_core);
    for item in mutations(&read(ITEM)) {
        let expansion = crate::attributes::kernel_module(read(ARGS), item.clone(), &krate);
        assert!(
            !expansion.to_token_stream().is_empty(),
            "{item} became nothing"
        );
    }
}

#[test]
fn mutated_impls_never_panic() {
    let krate = quote!(::kmod_core);
    for item in mutations(&read(IMPL)) {
        let expansion =
            crate::attributes::file_operations(TokenStream::new(), item.clone(), &krate);
        assert!(!expansion.is_empty(), "{item} became nothing");
    }
}

#[test]
fn mutated_enums_of_commands_never_panic() {
    let krate = quote!(::kmod_core);
    let keys = "magic = b'T', prefix = \"TICKET\"";
    for item in mutations(&read(COMMANDS)) {
        let expansion = crate::attributes::ioctl(read(keys), item.clone(), &krate);
        assert!(!expansion.is_empty(), "{item} became nothing");
    }
    for keys in mutations(&read(keys)) {
        let expansion = crate::attributes::ioctl(keys.clone(), read(COMMANDS), &krate);
        assert!(
            syn::parse2::<syn::File>(expansion).is_ok(),
            "{keys} became no Rust"
        );
    }
}

#[test]
fn mutated_shared_structs_never_panic() {
    let krate = quote!(::kmod_core);
    for item in mutations(&read(SHARED)) {
        let expansion = crate::attributes::uapi(TokenStream::new(), item.clone(), &krate);
        assert!(!expansion.is_empty(), "{item} became nothing");
    }
}
