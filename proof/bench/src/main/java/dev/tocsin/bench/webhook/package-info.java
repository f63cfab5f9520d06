/// A receiver of webhook messages that notes when each arrived.
@NullMarked
package dev.tocsin.bench.webhook;

import org.jspecify.annotations.NullMarked;
