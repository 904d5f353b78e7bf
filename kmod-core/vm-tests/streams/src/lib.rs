// SPDX-License-Identifier: GPL-2.0-only
//! Streaming mappings: QEMU's `edu` moves memory of the driver's, both ways, and goes while it does.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Moves memory by DMA
#[kernel_module(
    name = "vm_streams",
    license = "GPL",
    params(
        /// How many bits of addresses the card is said to have
        #[param(perm = 0o644)]
        bits: u32 = 32,
    ),
)]
#[derive(Default)]
struct Streams {
    #[pci_driver(name = "vm_streams", ids = [(0x1234, 0x11e8)])]
    driver: Driver,
    /// No attribute: it maps nothing.
    inert: DmaStream,
    /// What outlives its device.
    kept: Mutex<Option<DmaMapping<u8, BothWays>>>,
    /// What became of that.
    #[misc(name = "vm_streams", mode = 0o666)]
    node: Left,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Module = Streams;
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        pci.dma_set_mask(Streams::params().bits().try_into()?)?;
        Ok(Card::default())
    }
}

#[registers(size = 0x100)]
struct Edu {
    #[rw(0x80)]
    source: u64,
    #[rw(0x88)]
    destination: u64,
    #[rw(0x90)]
    count: u64,
    /// Bit 0 until it is done, bit 1 for from the card.
    #[rw(0x98)]
    command: u64,
}

/// Where the card sees its own memory.
const CARD: u64 = 0x4_0000;

/// From the card.
const FROM: u64 = 2;

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[dma_stream]
    stream: DmaStream,
    /// What is still mapped when the device goes, and then dropped by it.
    last: Mutex<Option<DmaMapping<u32, FromDevice>>>,
    #[misc(name = "vm_streams{index}", mode = 0o666)]
    node: Node,
    answer: AtomicU64,
}

impl Drop for Card {
    fn drop(&mut self) {
        if let Some(last) = self.last.get_mut().take() {
            let gone = last.dma_addr();
            let length = last.end().len();
            pr_info!("the last one: {:?}, {}", gone, length);
        }
        let refused = self
            .stream
            .map::<ToDevice, _>(KVec::<u8>::new(), GFP_KERNEL);
        if refused.err() != Some(ENODEV) {
            pr_err!("a device that has gone maps memory");
        }
    }
}

impl Card {
    /// Moves bytes, without waiting.
    fn begin(&self, from: u64, to: u64, count: usize, way: u64) -> Result {
        self.edu.write(Edu::SOURCE, from);
        self.edu.write(Edu::DESTINATION, to);
        self.edu.write(Edu::COUNT, count.try_into()?);
        self.edu.write(Edu::COMMAND, 1 | way);
        Ok(())
    }

    /// Moves bytes, and waits.
    fn transfer(&self, from: u64, to: u64, count: usize, way: u64) -> Result {
        self.begin(from, to, count, way)?;
        while self.edu.read(Edu::COMMAND) & 1 != 0 {
            kmod_core::time::fsleep(core::time::Duration::from_millis(1));
        }
        Ok(())
    }

    /// A number goes to the card in one buffer, and comes back in another.
    fn round(&self, value: u32) -> Result<u64> {
        let sent = KVec::from_elem(value, 100, GFP_KERNEL)?;
        let sent = self.stream.map::<ToDevice, _>(sent, GFP_KERNEL)?;
        self.transfer(sent.dma_addr()?, CARD, sent.len(), 0)?;
        let sent = sent.end();
        let got = KVec::from_elem(0_u32, 100, GFP_KERNEL)?;
        let got = self.stream.map::<FromDevice, _>(got, GFP_KERNEL)?;
        self.transfer(CARD, got.dma_addr()?, got.len(), FROM)?;
        let got = got.end();
        if got != sent {
            return Err(EIO);
        }
        // The same memory, both ways: the second half is moved to the first.
        let mut both = KVec::zeroed(200, GFP_KERNEL)?;
        for (index, byte) in both.iter_mut().enumerate() {
            *byte = u8::try_from(index)?;
        }
        let both = self.stream.map::<BothWays, u8>(both, GFP_KERNEL)?;
        self.transfer(both.dma_addr()? + 100, CARD, 100, 0)?;
        self.transfer(CARD, both.dma_addr()?, 100, FROM)?;
        let both = both.end();
        if both[..100] != both[100..] || both[0] != 100 {
            return Err(EIO);
        }
        got.first().copied().map(u64::from).ok_or(EIO)
    }

    /// Bytes go to the card from pieces of these lengths, and come back to others: their sum.
    fn list(&self, value: u32) -> Result<u64> {
        let pieces = |lengths: &[usize]| -> Result<KVec<KVec<u8>>> {
            let mut pieces = KVec::new();
            for length in lengths {
                pieces.push(KVec::zeroed(*length, GFP_KERNEL)?, GFP_KERNEL)?;
            }
            Ok(pieces)
        };
        let mut sent = pieces(&[100, 1, 199])?;
        for (index, byte) in sent
            .iter_mut()
            .flat_map(|piece| piece.iter_mut())
            .enumerate()
        {
            *byte = (index as u32).wrapping_mul(value) as u8;
        }
        let list = self.stream.map_list::<ToDevice, _>(sent, GFP_KERNEL)?;
        let mut at = CARD;
        for (address, length) in list.segments()? {
            self.transfer(address, at, length, 0)?;
            at += length as u64;
        }
        let (length, sent) = (list.len() as u64, list.end());
        let list = self
            .stream
            .map_list::<FromDevice, _>(pieces(&[250, 50])?, GFP_KERNEL)?;
        let mut at = CARD;
        let segments = list.segments()?;
        if length != 300 || segments.len() > 2 {
            return Err(EIO);
        }
        for (address, length) in segments {
            self.transfer(at, address, length, FROM)?;
            at += length as u64;
        }
        let got = list.end();
        let bytes = |pieces: &KVec<KVec<u8>>| {
            let all = pieces.iter().flat_map(|piece| piece.iter());
            all.map(|byte| u64::from(*byte)).sum::<u64>()
        };
        let pairs = sent.iter().flat_map(|piece| piece.iter());
        let pairs = pairs.zip(got.iter().flat_map(|piece| piece.iter()));
        if pairs.clone().count() != 300 || pairs.clone().any(|(sent, got)| sent != got) {
            return Err(EIO);
        }
        // Told, and dropped.
        let list = self.stream.map_list::<BothWays, _>(got, GFP_KERNEL)?;
        list.segments()?;
        Ok(bytes(&sent))
    }

    fn run(&self, command: &str, value: u32) -> Result<u64> {
        let page = || KVec::<u8>::zeroed(4095, GFP_KERNEL);
        match command {
            "round" => return self.round(value),
            "list" => return self.list(value),
            "nothing" => {
                self.stream
                    .map_list::<ToDevice, u8>(KVec::new(), GFP_KERNEL)?;
            }
            "hole" => {
                let mut pieces = KVec::new();
                pieces.push(page()?, GFP_KERNEL)?;
                pieces.push(KVec::new(), GFP_KERNEL)?;
                self.stream.map_list::<ToDevice, _>(pieces, GFP_KERNEL)?;
            }
            // The card is at it when nobody has it any more.
            "drop" => {
                let mapping = self.stream.map::<FromDevice, _>(page()?, GFP_KERNEL)?;
                self.begin(CARD, mapping.dma_addr()?, mapping.len(), FROM)?;
            }
            "forget" => {
                let mapping = self.stream.map::<FromDevice, _>(page()?, GFP_KERNEL)?;
                self.begin(CARD, mapping.dma_addr()?, mapping.len(), FROM)?;
                core::mem::forget(mapping);
            }
            "last" => {
                let last = KVec::from_elem(0_u32, 64, GFP_KERNEL)?;
                let last = self.stream.map(last, GFP_KERNEL)?;
                *self.last.lock() = Some(last);
            }
            "empty" => {
                self.stream.map::<ToDevice, u8>(KVec::new(), GFP_KERNEL)?;
            }
            "large" => {
                let large = KVec::<u8>::zeroed(8 << 20, GFP_KERNEL)?;
                self.stream.map::<ToDevice, _>(large, GFP_KERNEL)?;
            }
            "many" => {
                let mut all = KVec::new();
                for _ in 0..value {
                    let one = self.stream.map::<BothWays, _>(page()?, GFP_KERNEL)?;
                    all.push(one, GFP_KERNEL)?;
                }
                // Every other one comes back, from the middle of the list.
                let mut index = 0;
                while index < all.len() {
                    if let Some(one) = all.remove(index) {
                        drop(one.end());
                    }
                    index += 1;
                }
            }
            _ => return Err(EINVAL),
        }
        Ok(0)
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Module = Streams;
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let (command, value) = text.split_once(' ').unwrap_or((text, "0"));
        let value = kmod_core::str::parse(value)?;
        let card = file.instance();
        if command == "keep" {
            let page = KVec::zeroed(4096, GFP_KERNEL)?;
            let page = card.stream.map(page, GFP_KERNEL)?;
            if value > 0 {
                card.transfer(CARD, page.dma_addr()?, 4, FROM)?;
            }
            *file.module().kept.lock() = Some(page);
            return Ok(());
        }
        let answer = card.run(command, value)?;
        card.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct Left;

#[file_operations]
impl FileOperations for Left {
    type Module = Streams;

    /// Whether there is something of a device, whether it is gone, and how many bytes came back of it, and the first.
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let module = file.module();
        let inert = module
            .inert
            .map::<ToDevice, u8>(KVec::zeroed(1, GFP_KERNEL)?, GFP_KERNEL);
        let inert = inert.err() == Some(ENODEV);
        match module.kept.lock().take() {
            None => writeln!(to, "{} nothing", inert),
            Some(kept) => {
                let gone = kept.dma_addr() == Err(ENODEV);
                let kept = kept.end();
                writeln!(to, "{} {} {} {:?}", inert, gone, kept.len(), kept.first())
            }
        }
    }
}
