package dev.tocsin.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  /// So that the rules cannot pass by seeing nothing: there are more classes than these.
  private static final int CLASSES_MIN = 400;

  /// Names that say nothing about what a package or class is.
  private static final Set<String> EMPTY_PACKAGES =
      Set.of("util", "utils", "common", "impl", "helper", "helpers", "manager", "misc");

  private static JavaClasses classes = new ClassFileImporter().importPaths(new Path[0]);

  @BeforeAll
  static void readClasses() {
    List<Path> paths = Modules.ALL.stream().map(Modules::classes).toList();
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(paths);
  }

  @Test
  void theRulesSeeTheWholeTree() {
    assertThat(classes.size()).isGreaterThan(CLASSES_MIN);
    for (Modules module : Modules.ALL) {
      assertThat(classes.stream().anyMatch(c -> isIn(c, module.basePackage())))
          .as("classes of " + module.folder())
          .isTrue();
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.tocsin.(**)").should().beFreeOfCycles().check(classes);
  }

  @TestFactory
  List<DynamicTest> aModuleUsesOnlyWhatItMay() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Modules module : Modules.ALL) {
      for (Modules other : Modules.ALL) {
        if (!other.equals(module) && !module.uses().contains(other.folder())) {
          String name = module.folder() + " does not use " + other.folder();
          tests.add(DynamicTest.dynamicTest(name, () -> checkApart(module, other)));
        }
      }
    }
    return tests;
  }

  private static void checkApart(Modules module, Modules other) {
    noClasses()
        .that()
        .resideInAPackage(module.basePackage() + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(other.basePackage() + "..")
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void onlyTheWorldTouchesTheOutside() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.tocsin.world.real..", "dev.tocsin.sim..")
        .should(touchTheOutside())
        .check(classes);
  }

  private static ArchCondition<JavaClass> touchTheOutside() {
    return new ArchCondition<>("read clocks, files, sockets or randomness, or make threads") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        from.getAccessesFromSelf().stream()
            .filter(access -> isOutside(access.getTarget()))
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(from, access.getDescription())));
      }
    };
  }

  private static boolean isOutside(AccessTarget target) {
    String owner = target.getOwner().getFullName();
    String member = owner + "." + target.getName();
    boolean clock =
        Set.of(
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.lang.Thread.sleep",
                "java.util.UUID.randomUUID",
                "java.lang.Math.random")
            .contains(member);
    boolean type =
        owner.startsWith("java.net.http.")
            || owner.startsWith("com.sun.net.httpserver.")
            || owner.startsWith("java.nio.channels.")
            || Set.of(
                    "java.io.File",
                    "java.io.FileInputStream",
                    "java.io.FileOutputStream",
                    "java.io.RandomAccessFile",
                    "java.nio.file.Files",
                    "java.net.Socket",
                    "java.net.ServerSocket",
                    "java.net.InetAddress",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.security.SecureRandom",
                    "java.util.concurrent.ThreadLocalRandom",
                    "java.util.concurrent.Executors",
                    "java.util.Timer")
                .contains(owner);
    boolean thread =
        owner.equals("java.lang.Thread")
            && (target.getName().equals("<init>") || target.getName().startsWith("of"));
    return clock || type || thread;
  }

  @Test
  void onlyProgramsWriteToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.tocsin.cli..", "dev.tocsin.sim..", "dev.tocsin.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  @Test
  void namesSaySomething() {
    assertThat(classes.stream().filter(ArchitectureTest::isEmptyName).map(JavaClass::getName))
        .isEmpty();
  }

  private static boolean isEmptyName(JavaClass c) {
    return Arrays.stream(c.getPackageName().split("\\.", -1)).anyMatch(EMPTY_PACKAGES::contains)
        || c.getSimpleName().matches(".*(Util|Utils|Impl|Helper|Manager)");
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> marked = new java.util.TreeSet<>();
    Set<String> all = new java.util.TreeSet<>();
    for (JavaClass c : classes) {
      all.add(c.getPackageName());
      if (c.getSimpleName().equals("package-info")
          && c.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        marked.add(c.getPackageName());
      }
    }
    all.removeAll(marked);
    assertThat(all).isEmpty();
  }

  private static boolean isIn(JavaClass c, String basePackage) {
    return c.getPackageName().equals(basePackage)
        || c.getPackageName().startsWith(basePackage + ".");
  }
}
