/// Threads: workers, tasks, alarms, and calls that may hang in the operating system.
@NullMarked
package dev.tocsin.world.real.schedule;

import org.jspecify.annotations.NullMarked;
