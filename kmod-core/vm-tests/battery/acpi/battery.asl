// SPDX-License-Identifier: GPL-2.0-only
/* Two batteries that the kernel drives, as chapter 10.2 of the ACPI specification has them. Tests take the second one
   out and put it in by method PLUG. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "BATTERY", 1)
{
    Scope (\_SB)
    {
        Device (BAT0)
        {
            Name (_HID, EisaId ("PNP0C0A"))
            Name (_UID, 0)
            Name (_STA, 0x1F)
            Name (_PCL, Package () { \_SB })
            Method (_BIF) { Return (Package () { 0, 50000, 45000, 1, 11100, 4000, 2000, 100, 100, "C-45", "0042", "LION", "Cells" }) }
            Method (_BST) { Return (Package () { 1, 9000, 30000, 11400 }) }
        }

        Device (BAT1)
        {
            Name (_HID, EisaId ("PNP0C0A"))
            Name (_UID, 1)
            Name (STAT, 0x1F)
            Name (_PCL, Package () { \_SB })
            Method (_STA) { Return (STAT) }
            Method (_BIF) { Return (Package () { 0, 20000, 18000, 1, 7400, 1000, 500, 10, 10, "C-18", "0043", "LION", "Cells" }) }
            Method (_BST) { Return (Package () { 0, 0, 18000, 8200 }) }
        }

        Device (PLUG)
        {
            Name (_HID, "KMOD0BA8")
            Method (PLUG, 1)
            {
                If (Arg0) { \_SB.BAT1.STAT = 0x1F }
                Else { \_SB.BAT1.STAT = 0x0F }
                Notify (\_SB.BAT1, 0x81)
            }
        }
    }
}
