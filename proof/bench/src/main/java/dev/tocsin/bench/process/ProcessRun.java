package dev.tocsin.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that runs: its lines, its figures, its end. Whatever is still running when this JVM
/// ends is killed. Any thread may use it.
public final class ProcessRun implements AutoCloseable {
  /// Lines kept of each stream; later ones are dropped.
  private static final int LINES_MAX = 20_000;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final List<String> command;
  private final Process process;
  private final long startedNanos;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private ProcessRun(List<String> command, Process process, long startedNanos) {
    this.command = List.copyOf(command);
    this.process = process;
    this.startedNanos = startedNanos;
    readers.add(reader(process.getInputStream(), out));
    readers.add(reader(process.getErrorStream(), err));
  }

  /// @param environment added to this process's
  public static ProcessRun start(
      Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    try {
      long startedNanos = System.nanoTime();
      Process process = builder.start();
      RUNNING.add(process);
      var _ = process.onExit().thenAccept(RUNNING::remove);
      return new ProcessRun(command, process, startedNanos);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  private static Thread reader(InputStream stream, List<String> lines) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  synchronized (lines) {
                    if (lines.size() < LINES_MAX) {
                      lines.add(line);
                    }
                  }
                }
              } catch (IOException e) {
                synchronized (lines) {
                  lines.add("(reading ended: " + e.getMessage() + ")");
                }
              }
            });
  }

  public long pid() {
    return process.pid();
  }

  /// When it was started, on the clock of [System#nanoTime].
  public long startedNanos() {
    return startedNanos;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Lines of standard output so far.
  public List<String> out() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  /// Lines of standard error so far.
  public List<String> err() {
    synchronized (err) {
      return List.copyOf(err);
    }
  }

  /// Both streams, for failure messages.
  public String log() {
    List<String> all = new ArrayList<>(out());
    all.addAll(err());
    return String.join("\n", all);
  }

  /// Waits for a line of either stream in which the pattern is found; returns the match. Throws
  /// [IllegalStateException] with the log where the program ends first or the time is over.
  public Matcher awaitLine(Pattern pattern, Duration limit) {
    return Await.present(
        () -> "a line with " + pattern + " of " + command + "; it said:\n" + log(),
        limit,
        () -> {
          boolean alive = isAlive();
          Optional<Matcher> found = find(pattern);
          if (found.isEmpty() && !alive) {
            awaitReaders();
            found = find(pattern);
            if (found.isEmpty()) {
              throw new IllegalStateException(ended());
            }
          }
          return found;
        });
  }

  private String ended() {
    return command + " ended with " + process.exitValue() + "; it said:\n" + log();
  }

  private Optional<Matcher> find(Pattern pattern) {
    List<String> all = new ArrayList<>(out());
    all.addAll(err());
    return all.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
  }

  /// Throws [IllegalStateException] with the log where the program is no longer running.
  public void mustRun() {
    if (!isAlive()) {
      awaitReaders();
      throw new IllegalStateException(ended());
    }
  }

  public ProcessFigures figures() {
    return ProcessFigures.of(pid());
  }

  /// Waits for the program's own end and returns its exit code.
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            command + " did not end within " + limit.toMillis() + " ms; it said:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    awaitReaders();
    return process.exitValue();
  }

  private void awaitReaders() {
    try {
      for (Thread reader : readers) {
        // A grandchild may hold the stream open.
        var _ = reader.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Asks the program to end (SIGTERM) and does not wait.
  public void terminate() {
    // Process.destroy would close the streams, and the last words would be lost.
    var _ = process.toHandle().destroy();
  }

  /// Ends the program as a power cut would (SIGKILL) and waits until it is gone.
  public void kill() {
    process.destroyForcibly();
    var _ = awaitExit(STOP_LIMIT);
  }

  /// SIGTERM, and SIGKILL where that does not help.
  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    awaitReaders();
  }
}
