// SPDX-License-Identifier: GPL-2.0-only
//! Cards that ring each other and share memory, as in C; what is not there is not rung; cards that go while they are
//! rung, read and mapped.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use kmod_test::{
    Kmsg, Loaded, Mapping, Over, Parity, Toucher, errno, load, load_twin, modinfo, rounds, until,
};

const EPERM: i32 = 1;
const ENXIO: i32 = 6;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const ENOSPC: i32 = 28;
/// `SIGBUS`
const SIGBUS: i32 = 7;

const OURS: &str = "vm_doorbell";
const THEIRS: &str = "vm_doorbell_c";

/// How much memory is shared, and where its last word is.
const MEMORY: usize = 1 << 20;
const WORD: usize = MEMORY - 4;
const PAGE: usize = 4096;

/// Nobody is this peer.
const NOBODY: &str = "7";

fn read(card: &Path, file: &str) -> String {
    let text = fs::read_to_string(card.join(file)).unwrap();
    text.trim_end().to_owned()
}

fn write(card: &Path, file: &str, text: &str) -> Result<(), i32> {
    errno(fs::write(card.join(file), text))
}

fn ring(card: &Path, peer: &str, vector: u32) {
    write(card, "ring", &format!("{peer} {vector}")).unwrap();
}

/// All cards, in the order of their addresses.
fn cards() -> Vec<PathBuf> {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut cards: Vec<_> = all
        .map(|entry| fs::canonicalize(entry.path()).unwrap())
        .filter(|card| read(card, "vendor") == "0x1af4" && read(card, "device") == "0x1110")
        .collect();
    cards.sort();
    cards
}

/// One with four vectors, the one with two, and the other one with four.
fn three() -> [PathBuf; 3] {
    cards().try_into().unwrap()
}

fn bind(driver: &str, how: &str, card: &Path) -> Result<(), i32> {
    let name = card.file_name().unwrap().to_str().unwrap();
    let driver = Path::new("/sys/bus/pci/drivers").join(driver);
    errno(fs::write(driver.join(how), name))
}

/// Binds a driver that has to be asked for.
fn bind_instead(driver: &str, card: &Path) -> Result<(), i32> {
    fs::write(card.join("driver_override"), driver).unwrap();
    let bound = bind(driver, "bind", card);
    fs::write(card.join("driver_override"), "\n").unwrap();
    bound
}

/// The node of a card, which can be opened.
fn node(card: &Path) -> PathBuf {
    let find = || {
        let mut nodes = fs::read_dir(card.join("misc")).ok()?.flatten();
        let node = Path::new("/dev").join(nodes.next()?.file_name());
        File::open(&node).is_ok().then_some(node)
    };
    until(|| find().is_some());
    find().unwrap()
}

fn open(card: &Path) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).open(node(card)).unwrap()
}

/// Rings until it is heard: a card that was just put in is not at once connected to the others.
fn ring_until_heard(from: &Path, to: &Path, vector: u32) {
    let peer = read(to, "position");
    let count = || {
        let counts = read(to, "counts");
        let count = counts.split(' ').nth(vector as usize).unwrap().to_owned();
        count.parse::<u32>().unwrap()
    };
    let before = count();
    until(|| {
        ring(from, &peer, vector);
        count() > before
    });
}

/// What is seen of the two cards that are alike.
fn seen(load: fn(&[&str]) -> io::Result<Loaded>, driver: &str) -> Vec<(String, String)> {
    let module = load(&[]).unwrap();
    let [first, few, second] = three();
    let mut seen = Vec::new();
    let mut see = |what: &str, said: String| seen.push((what.to_owned(), said));
    see(
        "bound",
        format!(
            "{:?}",
            [&first, &few, &second].map(|card| card.join("driver").exists())
        ),
    );
    for (name, card) in [("first", &first), ("second", &second)] {
        see(name, read(card, "position"));
        let file = open(card);
        for (command, value) in [
            ("mask", "0x5a"),
            ("mask", "x"),
            ("mask", "0"),
            ("status", "0x1"),
        ] {
            let written = write(card, command, value);
            // To read the status clears it.
            let twice = [0; 2].map(|_| read(card, command));
            see(command, format!("{value} {written:?} {twice:?}"));
        }
        for text in ["0", "0 x", "0 65536", "65536 0", "-1 0", "", "0 0 0"] {
            see("ring", format!("{text} {:?}", write(card, "ring", text)));
        }
        for (prot, flags, len, at) in [
            (3, 2, PAGE, 0),
            (5, 1, PAGE, 0),
            (3, 1, 2 * PAGE, MEMORY - PAGE),
        ] {
            let refused = errno(Mapping::new(&file, len, prot, flags, at as i64)).err();
            see("mmap", format!("{prot} {flags} {len} {at} {refused:?}"));
        }
        let mapping = Mapping::shared(&file, MEMORY).unwrap();
        assert!(mapping.store_in_child(WORD, 0x1234).unwrap());
        see("word", read(card, "word"));
        write(card, "word", "0xfedcba98").unwrap();
        see(
            "word",
            format!("{:x?}", mapping.load_in_child(WORD).unwrap()),
        );
    }
    // The other one has the same memory.
    write(&first, "word", "77").unwrap();
    see("shared", read(&second, "word"));
    let mut file = open(&second);
    let reader = thread::spawn(move || {
        let mut text = String::new();
        let mut bytes = [0; 16];
        let read = file.read(&mut bytes).unwrap();
        text.push_str(core::str::from_utf8(&bytes[..read]).unwrap());
        text
    });
    let [one, other] = [&first, &second].map(|card| read(card, "position"));
    let mut rung = [[0_u32; 4]; 2];
    let mut counts_are = |from: &Path, to: usize, vector: u32| {
        rung[to][vector as usize] += 1;
        let expected = rung.map(|counts| counts.map(|count| count.to_string()).join(" "));
        ring(from, [&one, &other][to], vector);
        until(|| [&first, &second].map(|card| read(card, "counts")) == expected);
        expected.join(", ")
    };
    for vector in [0, 3, 1, 2, 3] {
        // By the other, and by itself.
        see("counts", counts_are(&first, 1, vector));
        see("counts", counts_are(&second, 1, vector));
        see("counts", counts_are(&second, 0, vector));
    }
    see("read", reader.join().unwrap());
    // Nobody hears these.
    for (peer, vector) in [
        (NOBODY, 0),
        ("65535", 65535),
        (&*other, 4),
        (&*other, 65535),
    ] {
        ring(&first, peer, vector);
    }
    see("counts", counts_are(&first, 1, 0));
    // Again, as new.
    bind(driver, "unbind", &second).unwrap();
    // It is not rung meanwhile: QEMU may hand that over when it is bound.
    bind(driver, "bind", &second).unwrap();
    see("anew", read(&second, "counts"));
    drop(module);
    seen
}

#[test]
fn cards_ring_each_other_as_in_c() {
    let ours = seen(load, OURS);
    let theirs = seen(load_twin, THEIRS);
    let mut parity = Parity::default();
    assert_eq!(ours.len(), theirs.len());
    for ((what, ours), (_, theirs)) in ours.iter().zip(&theirs) {
        parity.case(what, [ours, theirs]);
    }
    parity.end();
    let said = |wanted: &str| {
        let said = ours.iter().filter(|(what, _)| what == wanted);
        said.map(|(_, said)| said.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(said("bound"), ["[true, false, true]"]);
    assert_eq!((said("first"), said("second")), (vec!["0"], vec!["2"]));
    assert_eq!(said("status")[0], "0x1 Ok(()) [\"0x1\", \"0x0\"]");
    assert_eq!(said("word")[..2], ["0x1234", "Some(fedcba98)"]);
    assert_eq!(said("shared"), ["0x4d"]);
    assert_eq!(said("read"), ["rung\n"]);
    for (what, error) in said("mmap").iter().zip([EINVAL, EPERM, EINVAL]) {
        assert!(what.ends_with(&format!("Some({error})")), "{what}");
    }
    assert_eq!(said("counts").last(), Some(&"1 1 1 2, 3 2 2 4"));
    assert_eq!(said("anew"), ["0 0 0 0"]);
    let aliases = |module| -> BTreeSet<String> { modinfo(module, "alias=").unwrap() };
    assert_eq!(aliases(OURS), aliases(THEIRS));
}

/// A card has two vectors where its driver takes four, or is rung for four.
#[test]
fn fewer_bells_than_asked() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let [first, few, second] = three();
    // Old kernels tell who binds only that no driver took it.
    let refused = bind(OURS, "bind", &few);
    assert!(matches!(refused, Err(ENOSPC | ENODEV)), "{refused:?}");
    let said = log.lines().unwrap();
    let text = "4 interrupts of the kinds that its driver takes are not there";
    assert!(said.iter().any(|line| line.contains(text)), "{said:?}");
    bind_instead("vm_doorbell_few", &few).unwrap();
    // Its position is between theirs.
    for vector in [2, 3, 4, 0, 1, 1] {
        ring(&first, "1", vector);
    }
    until(|| {
        let counts = read(&few, "counts");
        let counts: Vec<u32> = counts.split(' ').map(|n| n.parse().unwrap()).collect();
        counts[0] == 1 && counts[1] >= 1
    });
    for card in [&first, &second] {
        assert_eq!(read(card, "counts"), "0 0 0 0");
    }
    // There is not so much memory.
    bind(OURS, "unbind", &second).unwrap();
    let refused = bind_instead("vm_doorbell_long", &second);
    assert!(matches!(refused, Err(ENXIO | ENODEV)), "{refused:?}");
    bind(OURS, "bind", &second).unwrap();
    ring_until_heard(&first, &second, 2);
    drop(module);
}

/// All that is done with a card.
struct Users {
    file: File,
    mapping: Mapping,
    toucher: Toucher,
    readers: Vec<JoinHandle<i32>>,
}

impl Users {
    fn of(card: &Path) -> Self {
        let file = open(card);
        let mapping = Mapping::shared(&file, MEMORY).unwrap();
        let toucher = mapping.load_until_killed(WORD).unwrap();
        let readers = (0..2).map(|_| {
            let mut file = file.try_clone().unwrap();
            // They are woken whenever it is rung, and sleep again, until it goes.
            thread::spawn(move || {
                loop {
                    if let Err(error) = errno(file.read(&mut [0; 8])) {
                        break error;
                    }
                }
            })
        });
        Self {
            mapping,
            toucher,
            readers: readers.collect(),
            file,
        }
    }

    /// The card has gone: each of them is told so, and nothing else.
    fn end(mut self) {
        for reader in self.readers {
            assert_eq!(reader.join().unwrap(), ENODEV);
        }
        assert_eq!(self.toucher.wait().unwrap(), SIGBUS);
        assert_eq!(self.mapping.load_in_child(0).unwrap(), None);
        assert!(!self.mapping.store_in_child(WORD, 1).unwrap());
        assert_eq!(errno(self.file.read(&mut [0; 8])), Err(ENODEV));
        assert_eq!(errno(Mapping::shared(&self.file, PAGE)).err(), Some(ENODEV));
    }
}

/// Takes a card away again and again, while the other one rings it, and both ring back.
fn again_and_again(turns: u32, away: impl Fn(&Path), back: impl Fn(&Path)) {
    let module = load(&[]).unwrap();
    until(|| cards().len() == 3);
    let [first, _, _] = three();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stops = Over(&stop);
        scope.spawn(|| {
            let vectors = (0..BELLS).cycle();
            for vector in vectors.take_while(|_| !stop.load(Ordering::Relaxed)) {
                ring(&first, "2", vector);
            }
        });
        for turn in 0..turns {
            let second = three()[2].clone();
            until(|| second.join("counts").exists());
            let users = Users::of(&second);
            write(&second, "echo", "0x00000003").unwrap();
            write(&second, "echo", "0x00020003").unwrap();
            write(&first, "echo", "0x00020003").unwrap();
            ring_until_heard(&first, &second, turn % BELLS);
            thread::sleep(Duration::from_micros(u64::from(turn % 8) * 500));
            away(&second);
            users.end();
            back(&second);
            until(|| cards().len() == 3);
        }
    });
    drop(module);
}

/// How many bells a card has.
const BELLS: u32 = 4;

#[test]
fn unbound_while_it_is_rung() {
    again_and_again(
        rounds(4),
        |card| bind(OURS, "unbind", card).unwrap(),
        |card| bind(OURS, "bind", card).unwrap(),
    );
}

#[test]
fn pulled_out_while_it_is_rung() {
    again_and_again(
        rounds(3),
        |card| fs::write(card.join("remove"), "1").unwrap(),
        |_| fs::write("/sys/bus/pci/rescan", "1").unwrap(),
    );
}

/// The module goes while its cards ring each other without end.
#[test]
fn gone_while_cards_ring_each_other() {
    for _ in 0..rounds(3) {
        let module = load(&[]).unwrap();
        let [first, _, second] = three();
        write(&first, "echo", "0x00020003").unwrap();
        write(&second, "echo", "0x00000003").unwrap();
        ring_until_heard(&first, &second, 3);
        let count = || {
            read(&first, "counts")
                .rsplit(' ')
                .next()
                .unwrap()
                .to_owned()
        };
        until(|| count().parse::<u32>().unwrap() > 50);
        drop(module);
    }
}
