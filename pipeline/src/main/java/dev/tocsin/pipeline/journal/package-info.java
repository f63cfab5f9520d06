/// Keeps every sequenced input on disk before it is acknowledged, and gives them back after a
/// crash. The stage encodes, the writer writes and forces in groups, the checkpoint store keeps
/// replay short. The bytes are drawn in `journal.format`.
@NullMarked
package dev.tocsin.pipeline.journal;

import org.jspecify.annotations.NullMarked;
