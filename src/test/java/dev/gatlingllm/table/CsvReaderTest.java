package dev.gatlingllm.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  @Test
  void quotedCellsHoldCommasQuotesAndLineEnds() throws IOException {
    assertThat(read("a,\"b, c\"\n\"say \"\"x\"\"\",\"two\nlines\"\n"))
        .containsExactly(row(1, "a", "b, c"), row(2, "say \"x\"", "two\nlines"));
  }

  @Test
  void aRowIsAtTheLineWhereItBegins() throws IOException {
    assertThat(read("\"1\n2\",x\r\n\r\n   \r\n\"5\r\n6\",y\r\nz,7"))
        .containsExactly(row(1, "1\n2", "x"), row(5, "5\r\n6", "y"), row(7, "z", "7"));
  }

  @Test
  void emptyCellsAreCellsAndWhiteSpaceAroundOneCanBeLeftOut() throws IOException {
    assertThat(read(",, a ,\n")).containsExactly(row(1, "", "", " a ", ""));
    assertThat(row(1, " a ", "b").stripped()).containsExactly("a", "b");
    assertThat(read("\n \n")).isEmpty();
  }

  @Test
  void aQuoteWithinACellThatDoesNotBeginWithOneIsText() throws IOException {
    assertThat(read("5\" disk,b\n")).containsExactly(row(1, "5\" disk", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,\"open\nb,c\n", "\"a\"b,c\nd,e\n"})
  void aRowThatIsNotCsvIsRefusedWithItsLine(String text) {
    assertThatThrownBy(() -> read("x,y\n" + text))
        .hasMessage("line 2: row must be cells that stand in quotes as a whole or not at all");
  }

  @Test
  void theSeparatorIsWhatStandsMostOftenOutsideOfQuotes() {
    assertThat(CsvReader.separator("a,b;c,d")).isEqualTo(',');
    assertThat(CsvReader.separator("\"a,b,c\";d")).isEqualTo(';');
    assertThat(CsvReader.separator("a\tb, c")).isEqualTo('\t');
    assertThat(CsvReader.separator("a")).isEqualTo(',');
  }

  private static List<CsvReader.Row> read(String text) throws IOException {
    CsvReader csv = new CsvReader(new StringReader(text), 0);
    List<CsvReader.Row> rows = new ArrayList<>();
    for (Optional<CsvReader.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
      rows.add(row.get());
    }
    return rows;
  }

  private static CsvReader.Row row(long line, String... cells) {
    return new CsvReader.Row(line, List.of(cells));
  }
}
