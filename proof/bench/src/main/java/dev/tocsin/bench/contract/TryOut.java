package dev.tocsin.bench.contract;
import dev.tocsin.bench.contract.generate.Cases;
import dev.tocsin.bench.contract.reference.*;
import dev.tocsin.bench.contract.script.*;
import java.util.*;
public final class TryOut {
  static Optional<String> run(Script s) {
      try {
      return new ContractRun(s, Mode.STRICT, EngineSubject.strict(s.aligned()), Faults.NONE, (in, m) -> {  }).run();
      } catch (RuntimeException e) { var w = new java.io.StringWriter(); e.printStackTrace(new java.io.PrintWriter(w)); return Optional.of(w.toString()); }
  }
  public static void main(String[] a) {
    int from = Integer.parseInt(a[0]), n = Integer.parseInt(a[1]);
    long t0 = System.nanoTime();
    int bad = 0; 
    Cases cases = new Cases(1);
    for (int i = from; i < from + n; i++) {
      Script s = cases.get(i);
      var wrong = run(s);
      if (wrong.isPresent()) { bad++; System.out.println("case " + i + " " + wrong.get()); 
       if (a.length > 2) { Script t = new Shrinking(s, x -> run(x).isPresent()).smallest(); System.out.println("  --> " + run(t).get() + " aligned " + t.aligned() + " late " + t.lateMs());
      t.steps().forEach(x -> { if (x instanceof Step.Load l) { System.out.println(l.atMs() + " LOAD busy " + l.busy() + l.externalLabels()+l.intervalMs()+" "+l.queryOffsetMs()); l.files().forEach(f -> System.out.println(f.name() + "\n" + f.yaml())); } else System.out.println(x); }); }}
    }
    System.out.println(bad + " bad of " + n +  ", ms " + (System.nanoTime() - t0) / 1000000);
  }
}
