package dev.tocsin.world.real;

import java.util.concurrent.locks.LockSupport;

/// The end of the process, asked for by the operating system (SIGTERM, SIGINT).
public final class Termination {
  private Termination() {}

  /// Blocks until the process is asked to end, then runs `stop` and ends it with exit code 0. A
  /// second signal does not interrupt `stop`. Never returns.
  public static void await(Runnable stop) {
    Runtime runtime = Runtime.getRuntime();
    Thread hook =
        new Thread(
            () -> {
              int code = 1;
              try {
                stop.run();
                code = 0;
              } finally {
                // Otherwise the exit code would be the signal's, as if nobody had taken care.
                runtime.halt(code);
              }
            },
            "termination");
    runtime.addShutdownHook(hook);
    // Nobody interrupts this thread on purpose; only the hook ends it.
    while (true) {
      LockSupport.park();
    }
  }
}
