/// Reads protobuf's encoding straight from bytes, and says at which offset a body is broken.
@NullMarked
package dev.tocsin.collect.remotewrite.wire;

import org.jspecify.annotations.NullMarked;
