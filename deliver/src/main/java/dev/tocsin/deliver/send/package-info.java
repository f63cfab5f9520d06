/// Sending samples on, with the journal as the queue: what is read, in which order it leaves, and
/// what becomes of it. The formats are in packages of their own.
@NullMarked
package dev.tocsin.deliver.send;

import org.jspecify.annotations.NullMarked;
