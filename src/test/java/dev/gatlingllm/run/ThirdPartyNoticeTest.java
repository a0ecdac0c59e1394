package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThirdPartyNoticeTest {

  @TempDir private Path folder;

  @Test
  void itSaysThatGatlingsChartsHaveALicenceOfTheirOwn() throws Exception {
    ThirdPartyNotice.write(folder);

    assertThat(folder.resolve("NOTICE.txt"))
        .content()
        .contains("gatling-charts-highcharts", "not open", "Highsoft", "Apache ECharts");
  }

  @Test
  void everyScriptOfTheChartsModuleIsNamed() throws Exception {
    ThirdPartyNotice.write(folder);

    String notice = Files.readString(folder.resolve("NOTICE.txt"));
    for (String script : new String[] {"highstock.js", "highcharts-more.js", "theme.js"}) {
      assertThat(isInTheChartsModule(script)).as(script).isTrue();
      assertThat(notice).contains(script);
    }
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws Exception {
    Path there = Files.writeString(folder.resolve("NOTICE.txt"), "kept");

    assertThatThrownBy(() -> ThirdPartyNotice.write(folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(there).hasContent("kept");
  }

  private static boolean isInTheChartsModule(String script) throws IOException {
    String path = "io/gatling/charts/assets/js/" + script;
    try (InputStream in = ThirdPartyNotice.class.getClassLoader().getResourceAsStream(path)) {
      return in != null;
    }
  }
}
