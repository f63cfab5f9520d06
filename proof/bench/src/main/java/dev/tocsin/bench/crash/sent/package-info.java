/// Numbered samples: what was sent, what of it was acknowledged, and whether what is stored agrees.
@NullMarked
package dev.tocsin.bench.crash.sent;

import org.jspecify.annotations.NullMarked;
