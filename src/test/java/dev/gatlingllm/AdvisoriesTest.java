package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of advisories says what the build uses, and explains whatever the scan lets pass. */
class AdvisoriesTest {

  private static final Pattern ALLOWED =
      Pattern.compile(
          "\\[\\[IgnoredVulns]]\\nid = \"([^\"]+)\".*\\nignoreUntil = \\d{4}-\\d\\d-\\d\\d\\n"
              + "reason = \"[^\"]{20,}\"");
  private static final Pattern STAYS =
      Pattern.compile("(?m)^\\| [^|]+ \\| [^|]+ \\| ([^|]+) \\| (\\d{4}-\\d\\d-\\d\\d) \\|");
  private static final Pattern RAISED =
      Pattern.compile("(?m)^\\| ([a-zA-Z-]+)[^|]* \\| [^|]+ \\| [^|]+ \\| ([^|,]+)[^|]* \\|$");
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "netty", "netty.version",
          "jackson-core", "jackson.version",
          "logback", "logback.version",
          "pebble", "pebble.version",
          "reactor-netty", "reactor-netty.version",
          "reactor-core", "reactor.version",
          "kotlin-stdlib", "kotlin.version");

  @Test
  void whatTheScanLetsPassHasAReasonADateAndARowInTheTable() throws IOException {
    String allowList = Files.readString(Path.of(".github/osv-scanner.toml"));
    List<String> allowed =
        ALLOWED.matcher(allowList).results().map(entry -> entry.group(1)).toList();
    List<String> stays = STAYS.matcher(table()).results().map(row -> row.group(1)).toList();

    assertThat(allowed).hasSize(allowList.split("\\[\\[", -1).length - 1);
    assertThat(allowed).allSatisfy(id -> assertThat(stays).anyMatch(cell -> cell.contains(id)));
  }

  @Test
  void theVersionsInTheTableAreThoseOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Map<String, String> now = new LinkedHashMap<>();
    for (MatchResult row : RAISED.matcher(table()).results().toList()) {
      now.putIfAbsent(row.group(1), row.group(2));
    }

    assertThat(now).containsKeys(PROPERTIES.keySet().toArray(new String[0]));
    PROPERTIES.forEach(
        (library, property) ->
            assertThat(pom)
                .contains("<" + property + ">" + now.get(library) + "</" + property + ">"));
  }

  private static String table() throws IOException {
    return Files.readString(Path.of(".github/advisories.md"));
  }
}
