/// When something becomes true by time alone: a wheel of many timers.
@NullMarked
package dev.tocsin.engine.wheel;

import org.jspecify.annotations.NullMarked;
