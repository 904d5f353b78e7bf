// SPDX-License-Identifier: GPL-2.0-only
//! The attributes that make a field of an instance a kernel object, each with all that is known of
//! it in a file of its own.
//!
//! Nothing else names a certain one: what others have to know stands in its [`ObjectAttribute`],
//! and what they ask of an object is a method of [`Object`].

mod acpi_driver;
mod acpi_notify;
mod alone;
mod backlight;
mod bar;
mod battery_hook;
mod bus;
mod chrdev;
mod chrdev_region;
mod class;
mod cooling;
mod debugfs;
mod debugfs_bin;
mod debugfs_path;
mod device_node;
mod device_numbers;
mod dma;
mod dma_stream;
mod driver;
mod embedded;
mod file_size;
mod filesystem;
mod gpio;
mod gpio_chip;
mod hardware;
mod hid_driver;
mod hid_ids;
mod hrtimer;
mod hwmon;
mod hwmon_channels;
mod i2c_driver;
mod ids;
mod iio;
mod iio_channels;
mod input;
mod input_codes;
mod input_keymap;
mod iomem;
mod irq;
mod kernel_file;
mod kprobe;
mod kretprobe;
mod kthread;
mod led;
mod led_multicolor;
mod led_trigger;
mod misc;
mod notifier;
mod object;
mod pci_driver;
mod pci_ids;
mod platform_driver;
mod platform_profile;
mod ports;
mod power_supply;
mod power_supply_properties;
mod probe;
mod proc;
mod regmap;
mod rfkill;
mod rtc;
mod runtime_pm;
mod spi_driver;
mod sysctl;
mod sysfs;
mod sysfs_bin;
mod sysfs_place;
mod text_file;
mod text_ids;
mod thermal_trips;
mod thermal_zone;
mod timer;
mod tracepoint;
mod urb;
mod usb_driver;
mod usb_ids;
mod watchdog;
mod wmi_driver;
mod words;
mod work;
mod workqueue;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Type};

use crate::errors::Errors;
use crate::handlers::HandlerTrait;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::params::Param;
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// The table of the attributes.
pub static ATTRIBUTES: &[&ObjectAttribute] = &[
    &acpi_driver::ATTRIBUTE,
    &acpi_notify::ATTRIBUTE,
    &backlight::ATTRIBUTE,
    &bar::ATTRIBUTE,
    &battery_hook::ATTRIBUTE,
    &bus::ATTRIBUTE,
    &chrdev::ATTRIBUTE,
    &chrdev_region::ATTRIBUTE,
    &cooling::ATTRIBUTE,
    &debugfs::ATTRIBUTE,
    &debugfs_bin::ATTRIBUTE,
    &dma::ATTRIBUTE,
    &dma_stream::ATTRIBUTE,
    &filesystem::ATTRIBUTE,
    &gpio::ATTRIBUTE,
    &gpio_chip::ATTRIBUTE,
    &hid_driver::ATTRIBUTE,
    &hrtimer::ATTRIBUTE,
    &hwmon::ATTRIBUTE,
    &i2c_driver::ATTRIBUTE,
    &iio::ATTRIBUTE,
    &input::ATTRIBUTE,
    &iomem::ATTRIBUTE,
    &irq::ATTRIBUTE,
    &kprobe::ATTRIBUTE,
    &kretprobe::ATTRIBUTE,
    &kthread::ATTRIBUTE,
    &led::ATTRIBUTE,
    &led_multicolor::ATTRIBUTE,
    &led_trigger::ATTRIBUTE,
    &misc::ATTRIBUTE,
    &notifier::ATTRIBUTE,
    &object::ATTRIBUTE,
    &pci_driver::ATTRIBUTE,
    &platform_driver::ATTRIBUTE,
    &platform_profile::ATTRIBUTE,
    &ports::ATTRIBUTE,
    &power_supply::ATTRIBUTE,
    &proc::ATTRIBUTE,
    &regmap::ATTRIBUTE,
    &rfkill::ATTRIBUTE,
    &rtc::ATTRIBUTE,
    &runtime_pm::ATTRIBUTE,
    &spi_driver::ATTRIBUTE,
    &sysctl::ATTRIBUTE,
    &sysfs::ATTRIBUTE,
    &sysfs_bin::ATTRIBUTE,
    &thermal_zone::ATTRIBUTE,
    &timer::ATTRIBUTE,
    &tracepoint::ATTRIBUTE,
    &urb::ATTRIBUTE,
    &usb_driver::ATTRIBUTE,
    &watchdog::ATTRIBUTE,
    &wmi_driver::ATTRIBUTE,
    &work::ATTRIBUTE,
    &workqueue::ATTRIBUTE,
];

/// The traits whose `impl`s under `#[handlers]` say what objects do.
pub const TRAITS: &[&HandlerTrait] = &[
    &acpi_driver::HANDLERS,
    &acpi_notify::HANDLERS,
    &backlight::HANDLERS,
    &battery_hook::HANDLERS,
    &cooling::HANDLERS,
    &gpio_chip::HANDLERS,
    &hid_driver::HANDLERS,
    &hrtimer::HANDLERS,
    &hwmon::HANDLERS,
    &i2c_driver::HANDLERS,
    &iio::HANDLERS,
    &input::HANDLERS,
    &irq::HANDLERS,
    &kprobe::HANDLERS,
    &kretprobe::HANDLERS,
    &kthread::HANDLERS,
    &led::HANDLERS,
    &led_multicolor::HANDLERS,
    &notifier::HANDLERS,
    &pci_driver::HANDLERS,
    &platform_driver::HANDLERS,
    &platform_profile::HANDLERS,
    &power_supply::HANDLERS,
    &rfkill::HANDLERS,
    &rtc::HANDLERS,
    &spi_driver::HANDLERS,
    &sysfs::HANDLERS,
    &sysfs_bin::HANDLERS,
    &text_file::HANDLERS,
    &thermal_zone::HANDLERS,
    &timer::HANDLERS,
    &tracepoint::HANDLERS,
    &urb::HANDLERS,
    &usb_driver::HANDLERS,
    &watchdog::HANDLERS,
    &wmi_driver::HANDLERS,
    &work::HANDLERS,
];

/// What is known of an attribute, whatever stands in it.
pub struct ObjectAttribute {
    /// Its name.
    pub name: &'static str,
    /// What it is called elsewhere: not accepted, but understood.
    pub also: &'static [&'static str],
    /// Its keys.
    pub keys: &'static [Key],
    /// The instances on whose fields it may stand.
    pub on: &'static [Kind],
    /// What its objects ask of the module's licence.
    pub licence: Licence,
    /// The trait of its field's type is for what is shared only: a type that is not is reported
    /// there, and not once more at the field.
    pub reports_unshared: bool,
    /// Where a module keeps its objects.
    pub kept: Kept,
    /// What a device keeps for each of its objects.
    pub in_device: InDevice,
    /// Reads its entries on the field of this name. What it returns counts if it reports nothing.
    pub parse: fn(&mut Args, &Ident, &mut Errors) -> Option<Box<dyn Object>>,
}

/// What a device keeps for an object, beside its struct: a type of `kmod_core::__private`.
#[derive(Clone, Copy)]
pub enum InDevice {
    /// A device has no such objects.
    Never,
    /// This type, of the field: made by `new`.
    Of(&'static str),
    /// This type, for all fields: made by `new` of the field.
    Row(&'static str),
}

/// What an object asks of the module's licence.
pub enum Licence {
    /// Nothing.
    Any,
    /// It stands on what the kernel exports to GPL modules only.
    Gpl {
        /// What that is, in Markdown.
        exports: &'static str,
        /// What a module without them leaves out.
        objects: &'static str,
    },
}

/// A kernel object, as its attribute describes it.
pub trait Object {
    /// Its attribute.
    fn attribute(&self) -> &'static ObjectAttribute;

    /// What it asks of the module's licence, if that is not the same for all of its attribute.
    fn licence(&self) -> &'static Licence {
        &self.attribute().licence
    }

    /// Applies the rules of its attribute.
    fn check(&self, field: &Field, errors: &mut Errors) {
        let _ = (field, errors);
    }

    /// Applies the rules of what it takes from the module's parameters.
    fn check_params(&self, params: &[Param], errors: &mut Errors) {
        let _ = (params, errors);
    }

    /// Applies the rules of what it has to do with the other fields, of which it is the one at `own`.
    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        let _ = (fields, own, errors);
    }

    /// Its names that no other object may have.
    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        Vec::new()
    }

    /// What it has in common with some objects of its attribute: a sysctl's folder, say.
    fn group(&self) -> &str {
        ""
    }

    /// Whether a parameter says how many of its numbers there are.
    fn is_counted(&self) -> bool {
        false
    }

    /// The field in whose device's folder it is a file.
    fn of(&self) -> Option<&Ident> {
        None
    }

    /// The device of a class that it makes, in whose folder files can be.
    fn class_device(&self, kind: Kind) -> Option<ClassDevice> {
        let _ = kind;
        None
    }

    /// The file by which userspace uses it.
    fn file(&self, site: &Site<'_>) -> Option<File> {
        let _ = site;
        None
    }

    /// What its attribute stands for.
    fn expand(&self, site: &Site<'_>) -> TokenStream;
}

/// A file by which userspace uses an object, as `cargo kmod glue` is told of it.
pub struct File {
    /// Of a device, its class in sysfs and its name in it.
    pub device: Option<(String, String)>,
    /// Where it is, with `{index}` for a number; in sysfs, its name.
    pub path: String,
    /// Its mode; 0 for the kernel's own.
    pub mode: TokenStream,
}

/// The device of a class.
pub enum ClassDevice {
    /// One: its class, and its name there.
    One(String, String),
    /// There are several.
    Several,
}

/// Where an object's tokens go.
pub struct Site<'a> {
    /// `::kmod_core::__private`
    pub private: &'a TokenStream,
    /// The field.
    pub field: &'a Ident,
    /// All fields of the instance.
    pub fields: &'a [Field],
    /// The marker type of the field.
    pub marker: &'a Ident,
    /// The field's type.
    pub ty: &'a Type,
    /// The field's `#[cfg]`s.
    pub cfgs: &'a [Attribute],
    /// The place of the field's type, with the macro's own hygiene: that is where the compiler
    /// says that the type does not fit the attribute, and no lint takes it for the user's code.
    /// Only what makes it say so stands there: of each name at a place, editors show what it is.
    pub span: Span,
    /// What the instance is of.
    pub kind: Kind,
    /// How many objects of its attribute are of its group, itself included.
    pub in_group: usize,
    /// The fields that are files of its device.
    pub files: &'a [&'a Field],
    /// The folder of the device of whose files it is one, in sysfs.
    pub folder: Option<String>,
}

/// The attributes' names.
pub fn names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().map(|attribute| attribute.name)
}

/// The attribute of this name.
pub fn named(name: &str) -> Option<&'static ObjectAttribute> {
    let mut all = ATTRIBUTES.iter().copied();
    all.find(|attribute| name == attribute.name)
}
