// SPDX-License-Identifier: GPL-2.0-only
//! One test of each verdict: `cargo kmod test` runs them in a VM and checks that each is seen as
//! what it is.

use std::io;

/// The module that the VM's tests of itself build: its parameter says what it does wrong.
const MODULE: &str = "vmfault";

#[test]
fn passes() {}

#[test]
#[should_panic(expected = "as it should")]
fn passes_by_a_panic() {
    panic!("as it should");
}

#[test]
fn fails() {
    panic!("on purpose");
}

#[test]
#[ignore = "on purpose"]
fn ignored() {}

#[test]
fn aborts() {
    std::process::abort();
}

#[test]
fn warns() -> io::Result<()> {
    let _module = kmod_test::load(&["what=warn"])?;
    Ok(())
}

#[test]
fn warns_as_expected() -> io::Result<()> {
    kmod_test::expect_report("vmfault: a WARN on purpose")?;
    let _module = kmod_test::load(&["what=warn"])?;
    Ok(())
}

#[test]
fn leaves_the_module() -> io::Result<()> {
    std::mem::forget(kmod_test::load(&[])?);
    Ok(())
}

#[test]
fn log_and_parameter() -> io::Result<()> {
    assert!(!kmod_test::is_loaded(MODULE));
    let mut log = kmod_test::Kmsg::mark()?;
    let module = kmod_test::load(&["what=none"])?;
    assert!(kmod_test::is_loaded(MODULE));
    assert_eq!(module.refcount()?, 0);
    assert_eq!(kmod_test::param("what")?, "none");
    assert!(log.lines()?.contains(&"vmfault: none".to_owned()));
    module.unload().map_err(|(_, error)| error)?;
    assert!(!kmod_test::is_loaded(MODULE));
    Ok(())
}

#[test]
fn second_load_is_eexist() -> io::Result<()> {
    let _module = kmod_test::load(&[])?;
    let error = kmod_test::load(&[]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::EEXIST));
    Ok(())
}
