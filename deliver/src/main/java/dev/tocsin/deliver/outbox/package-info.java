/// Takes alerts from the engine and tells every destination, at least once.
@NullMarked
package dev.tocsin.deliver.outbox;

import org.jspecify.annotations.NullMarked;
