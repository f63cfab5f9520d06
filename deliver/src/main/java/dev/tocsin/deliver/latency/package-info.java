/// How long alerts take from stage to stage, in fixed memory.
@NullMarked
package dev.tocsin.deliver.latency;

import org.jspecify.annotations.NullMarked;
