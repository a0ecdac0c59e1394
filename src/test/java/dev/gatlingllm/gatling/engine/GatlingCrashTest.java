package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class GatlingCrashTest {

  @TempDir private Path folder;

  private static RuntimeException thrownAt(StackTraceElement... stack) {
    RuntimeException thrown = new IllegalStateException("private words");
    thrown.setStackTrace(stack);
    return thrown;
  }

  private static StackTraceElement frame(String type, String file, int line) {
    return new StackTraceElement(type, "run", file, line);
  }

  @Test
  void anExceptionIsNamedWithItsPlaceInTheUsersCodeAndWithoutItsMessage() {
    assertThat(
            GatlingCrash.sentence(
                thrownAt(
                    frame("java.util.Iterator", "Iterator.java", 1),
                    frame("io.gatling.core.Predef", "Predef.scala", 2),
                    frame("shop.Checkout", "Checkout.java", 7))))
        .isEqualTo("IllegalStateException was thrown at shop.Checkout(Checkout.java:7).");
    assertThat(GatlingCrash.sentence(thrownAt())).isEqualTo("IllegalStateException was thrown.");
  }

  @Test
  void thePlaceIsNoneOfTheThreadsOfGatling() {
    assertThat(
            GatlingCrash.sentence(
                thrownAt(
                    frame("io.gatling.core.Controller", "Controller.scala", 2),
                    frame("io.netty.util.Queue", "Queue.java", 39),
                    frame("java.lang.Thread", "Thread.java", 840))))
        .isEqualTo("IllegalStateException was thrown.");
  }

  @Test
  void aCrashThatTheSimulationAskedForIsToldAsSuch() {
    assertThat(
            GatlingCrash.sentence(
                new Exception("Load Generator was forcefully crashed: private words")))
        .isEqualTo("The simulation asked for it (crashLoadGenerator).");
  }

  @Test
  void aCrashThatGatlingLogsIsInTheFileOfTheRunEvenOnceTheRunIsClosed() throws IOException {
    try (Stage stage = Stage.of(Stage.settings(folder), PlayedService.silent())) {
      GatlingCrash.watch(stage.run);
      stage.run.close(false);
      LoggerFactory.getLogger("io.gatling.app.Runner").error("other", thrownAt());
      assertThat(new RunFiles(stage.run.folder()).readInfo().period().crash()).isEmpty();

      LoggerFactory.getLogger("io.gatling.app.Gatling$").error("Run crashed", thrownAt());
      assertThat(new RunFiles(stage.run.folder()).readInfo().period().crash())
          .contains("IllegalStateException was thrown.");
    }
  }
}
