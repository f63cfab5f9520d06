/// The bytes of the journal, version 5. All numbers are big-endian. What earlier versions wrote is
/// read as well: up to version 4 there are no EXPIRE frames, up to version 3 no `partial` and no
/// settle times, up to version 2 no settings of rules, in version 1 no MIXED frames; all else is
/// the same.
///
/// A directory holds segments, `<first seq as 20 digits>.journal`, and checkpoints, `<seq as 20
/// digits>.checkpoint`; names that end in `.tmp` are unfinished.
///
/// ```
/// segment:  header | frame | frame | ... | zeros (space allocated ahead)
///
/// header, 32 bytes
///   0  magic     8  "TOCSINJ\n"
///   8  version   2  5
///  10  flags     2  bit 0: after a gap (what comes before is only in a checkpoint)
///  12  firstSeq  8  of the first entry in it
///  20  createdMs 8  `now` of that entry, Unix milliseconds
///  28  crc32c    4  over bytes 0 to 27
///
/// frame, 32 bytes and a payload; 65,536 bytes at most
///   0  length    4  of the whole frame; 0: no more frames
///   4  crc32c    4  over everything behind it
///   8  type      1  see FrameType
///   9  flags     1  bit 0 COMMIT: the entry ends here; bit 1 MORE: the payload goes on in the next
///                   frame; bit 2 REPEATED: definitions that an earlier segment has, too
///  10  reserved  2  0
///  12  unforced  4  seq minus the newest seq known durable when this was encoded (saturates)
///  16  seq       8
///  24  nowMs     8
///  32  payload
///
/// checkpoint: header | body
///   0  magic     8  "TOCSINC\n"
///   8  version   4  1
///  12  crc32c    4  over the body, then over bytes 16 to 39
///  16  seq       8  the newest seq whose effect is in the body
///  24  nowMs     8
///  32  length    8  of the body
///  40  body
/// ```
///
/// An entry is one or more frames of the same seq, the last with COMMIT. A transaction is a
/// TRANSACTION frame, then DEFINITIONS, SAMPLES and MIXED, a definition before its first use in the
/// segment. An entry never spans two segments; the last entry of a segment may overrun its nominal
/// size.
///
/// `unforced` is what tells a torn tail from damage. Before a force the disk may keep any part of
/// what was written, also a later part without an earlier one: a hole that nobody was told is
/// durable. A frame behind the hole whose `seq - unforced` is at or beyond the hole was encoded
/// after the hole had been durable: then the hole is damage.
///
/// Payloads (text: varint length, UTF-8; varint: LEB128, unsigned):
///
/// ```
/// TRANSACTION  text tenant | i64 receivedNanos | varint samples | varint definitions | u8 1 where
///              it is partial (else nothing)
/// DEFINITIONS  repeated: varint ref | text tenant | varint labels | (text name | text value)*
/// SAMPLES      1 to 256 times: u32 ref | u32 0 | i64 timeMs | f64 value bits
/// MIXED        1 to 256 times: u32 ref | u32 bytes | i64 timeMs | f64 value bits | that many bytes
///              of HistogramCodec (none: the sample is a float; else the value is the sum)
/// TICK         empty
/// RELOAD       varint files | (text name | text content)* | varint labels | (text name | text
///              value)* | text externalUrl | i64 evaluationIntervalMs | i64 queryOffsetMs | settings
/// settings     u8 mode | varint features | (text)* | varint noData | (text alert | text matchers |
///              u8 policy)* | i64 settleMs | varint labels | (text name)* | varint overrides |
///              (text matchers | i64 settleMs)*
/// DELIVERED    text id | text receiver | i64 atMs | u8 accepted
/// RESTARTED    empty
/// EXPIRE       i64 beforeMs | varint refs | (varint ref)*
/// SEALED       empty; not an entry: everything before it is durable, and nothing follows
/// ```
@NullMarked
package dev.tocsin.pipeline.journal.format;

import org.jspecify.annotations.NullMarked;
