package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Whoever copies an example of the DSL has code that works, with its import alone. */
class DslExamplesTest {

  private static final Path DSL = Path.of("src/main/java/dev/gatlingllm/LlmDsl.java");

  private static final Pattern METHOD =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public static [^(=;]+\\(", Pattern.DOTALL);

  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* *\\}</pre>", Pattern.DOTALL);

  private static final Pattern MARKDOWN = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import static dev.gatlingllm.LlmDsl.*;
      import static io.gatling.javaapi.core.CoreDsl.*;
      import static io.gatling.javaapi.http.HttpDsl.*;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.List;
      import java.util.Map;
      """;

  @Test
  void eachMethodHasOne() throws IOException {
    List<String> comments =
        METHOD.matcher(Files.readString(DSL)).results().map(found -> found.group(1)).toList();

    assertThat(comments)
        .allSatisfy(comment -> assertThat(examples(JAVADOC, comment)).isNotEmpty())
        .hasSameSizeAs(
            Stream.of(LlmDsl.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList());
  }

  @Test
  void theyCompile() throws IOException {
    List<String> examples = new ArrayList<>(examples(JAVADOC, Files.readString(DSL)));
    for (String page : List.of("README.md", "simulations/README.md")) {
      List<String> printed = examples(MARKDOWN, Files.readString(Path.of(page)));
      assertThat(printed).as(page).isNotEmpty();
      examples.addAll(printed);
    }

    assertThat(errors(examples)).isEmpty();
  }

  @Test
  void oneThatNeedsAnotherImportDoesNot() {
    assertThat(errors(List.of("arrivals(RateProfile.of(hold(60, Duration.ofSeconds(1))));")))
        .singleElement()
        .asString()
        .contains("RateProfile");
  }

  private static List<String> examples(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1).replaceAll("(?m)^ +\\* ?", ""))
        .toList();
  }

  /** Each class stands in a package of its own, and statements in a method of a simulation. */
  private static List<String> errors(List<String> examples) {
    List<JavaFileObject> sources = new ArrayList<>();
    StringBuilder methods = new StringBuilder();
    for (String example : examples) {
      String text = example.strip();
      if (text.contains("class ")) {
        sources.add(source("package example" + sources.size() + ";\n" + text, "HelloSimulation"));
      } else {
        String statements = text.endsWith(";") ? text : "Object made = " + text + ";";
        methods.append("void example").append(methods.length()).append("() {\n");
        methods.append(statements).append("\n}\n");
      }
    }
    String simulation = "class Examples extends io.gatling.javaapi.core.Simulation {\n";
    sources.add(source(IMPORTS + simulation + methods + "}\n", "Examples"));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    // Nothing is written: after the types are known there is nothing left to learn.
    List<String> options = List.of("-proc:none", "-implicit:none", "-XDshould-stop.ifNoError=ATTR");
    compiler.getTask(null, null, found, options, null, sources).call();
    return found.getDiagnostics().stream()
        .map(one -> one.getLineNumber() + ": " + one.getMessage(Locale.ROOT))
        .toList();
  }

  private static JavaFileObject source(String text, String name) {
    URI place = URI.create("string:///" + text.hashCode() + "/" + name + ".java");
    return new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
