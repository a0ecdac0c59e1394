package dev.gatlingllm.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with the messages of payload files; those of conversations are read by the same. */
class FilePartsTest {

  private static final String GIF = "R0lGOA==";

  @TempDir private Path folder;

  @BeforeEach
  void filesBesideTheFile() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("sub/x.gif"), "GIF8".getBytes(ISO_8859_1));
    Files.write(folder.resolve("x.pdf"), "%PDF-1.7".getBytes(ISO_8859_1));
    Files.write(folder.resolve("x.png"), "no picture".getBytes(ISO_8859_1));
  }

  private Path file(String parts) throws IOException {
    String line =
        String.format(Locale.ROOT, "{'messages':[{'role':'user','content':[%s]}]}", parts);
    return Files.writeString(folder.resolve("p.jsonl"), line.replace('\'', '"'));
  }

  private List<Part> parts(String parts) throws IOException {
    return PayloadFiles.read(file(parts)).get(0).request().messages().get(0).parts();
  }

  private Part.File only(String part) throws IOException {
    return (Part.File) parts(part).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image_url','image_url':{'url':'data:image/gif;base64,R0lGOA=='}}",
        "{'type':'image_url','image_url':{'url':'sub/x.gif'}}",
        "{'type':'image_url','image_url':'sub/x.gif'}",
        "{'type':'input_image','image_url':'data:image/gif;base64,R0lGOA=='}",
        "{'image':{'format':'gif','source':{'bytes':'R0lGOA=='}}}",
        "{'type':'image','source':{'type':'base64','media_type':'image/gif','data':'R0lGOA=='}}",
        "{'type':'file','file':{'file_data':'sub/x.gif'}}"
      })
  void anImageIsTheSameInEverySpelling(String part) throws IOException {
    Part.File image = only(part);
    assertThat(image.file().dataUrl()).isEqualTo("data:image/gif;base64," + GIF);
    assertThat(image.file().name()).endsWith(".gif");
    assertThat(image.detail()).isEmpty();
  }

  @Test
  void aDocumentKeepsTheNameThatItIsGiven() throws IOException {
    Part.File converse =
        only("{'document':{'name':'My report','format':'txt','source':{'bytes':'SGk='}}}");
    assertThat(converse.title()).isEqualTo("My report");
    assertThat(converse.file().name()).isEqualTo("My report.txt");
    Part.File openAi =
        only(
            "{'type':'file','file':{'filename':'a.pdf',"
                + "'file_data':'data:application/pdf;base64,JVBERg=='}}");
    assertThat(openAi.file().name()).isEqualTo("a.pdf");
    Part.File anthropic =
        only("{'type':'document','title':'T','source':{'type':'text','data':'Hi'}}");
    assertThat(anthropic.title()).isEqualTo("T");
    assertThat(anthropic.file().text()).isEqualTo("Hi");
    assertThat(only("{'type':'input_file','file_data':'x.pdf'}").file().name()).isEqualTo("x.pdf");
  }

  @Test
  void soundAndFilmAreTakenToo() throws IOException {
    assertThat(
            only("{'type':'input_audio','input_audio':{'data':'SUQz','format':'mp3'}}")
                .file()
                .mediaType())
        .isEqualTo("audio/mpeg");
    assertThat(only("{'audio':{'format':'mp3','source':{'bytes':'SUQz'}}}").file().format())
        .isEqualTo("mp3");
    assertThat(only("{'video':{'format':'mp4','source':{'bytes':'ZmlsbQ=='}}}").file().format())
        .isEqualTo("mp4");
  }

  @Test
  void anAddressStaysAnAddress() throws IOException {
    Part part =
        parts(
                "{'type':'image_url','image_url':"
                    + "{'url':'https://example.org/a.png?sig=secret','detail':'low'}}")
            .get(0);
    assertThat(part)
        .isEqualTo(
            new Part.Link(
                URI.create("https://example.org/a.png?sig=secret"),
                "low",
                "messages[0].content[0].image_url.url = https://example.org/a.png?…"));
  }

  @Test
  void aPasswordInAnAddressIsNotShown() throws IOException {
    Path file =
        file("{'type':'image_url','image_url':{'url':'ftp://me:secret@example.org/a.png'}}");
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .hasMessageEndingWith("was ftp://…@example.org/a.png");
  }

  @Test
  void partsKeepTheirOrder() throws IOException {
    List<Part> parts =
        parts(
            "{'text':'One:'},{'type':'image_url','image_url':{'url':'sub/x.gif'}},"
                + "{'text':'Two:'},{'type':'text','text':'Compare.'}");
    assertThat(parts).hasSize(4);
    assertThat(parts.get(0)).isEqualTo(new Part.Text("One:"));
    assertThat(((Part.File) parts.get(1)).origin())
        .isEqualTo("messages[0].content[1].image_url.url = sub/x.gif");
    assertThat(parts.get(2)).isEqualTo(new Part.Text("Two:"));
    assertThat(parts.get(3)).isEqualTo(new Part.Text("Compare.", Map.of("type", "text")));
  }

  @Test
  void aFileThatSeveralMessagesNameIsReadOnce() throws IOException {
    String one = "{'type':'image_url','image_url':{'url':'sub/x.gif'}}";
    List<Part> parts = parts(one + "," + one);
    assertThat(((Part.File) parts.get(0)).file()).isSameAs(((Part.File) parts.get(1)).file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'image_url','image_url':{}} | .image_url.url must be a data URL with base64, an"
            + " http or https address, or the path of a file from the folder of this one, was absent",
        "{'type':'image_url','image_url':{'url':'no.gif'}} | .image_url.url must be a data URL with"
            + " base64, an http or https address, or the path of a file from the folder of this one,"
            + " was no.gif (attachment",
        "{'type':'image_url','image_url':{'url':'x.png'}} | x.png does not begin as a png file does)",
        "{'type':'image_url','image_url':{'url':'x.pdf'}} | .image_url.url must be of the kind"
            + " image, was pdf",
        "{'type':'image_url','image_url':{'url':'ftp://example.org/a?b'}} | .image_url.url must be"
            + " a data URL with base64, an http or https address, or the path of a file from the"
            + " folder of this one, was ftp://example.org/a?…",
        "{'type':'image_url','image_url':{'url':'data:image/gif,secret'}} | .image_url.url must be"
            + " a data URL with base64, or the path of a file from the folder of this one, was a"
            + " data URL of another form",
        "{'type':'image_url','image_url':{'url':'data:image/gif;base64,s*cret'}} | .image_url.url"
            + " must be base64, was 6 characters of something else",
        "{'type':'image_url','image_url':{'url':'data:image/bmp;base64,R0lGOA=='}} | .image_url.url:"
            + " media type must be one of application/pdf,",
        "{'type':'image_url','image_url':{'url':'data:image/png;base64,R0lGOA=='}} | .image_url.url:"
            + " attachment given as data does not begin as a png file does",
        "{'type':'image_url','image_url':{'url':'sub/x.gif','detail':7}} | .image_url.detail must be"
            + " a word such as low or high, was 7",
        "{'type':'file','file':{'file_id':'f-1'}} | .file.file_data must be a data URL with base64,"
            + " or the path of a file from the folder of this one, was absent",
        "{'image':{'format':'gif','source':{'s3Location':{}}}} | .image.source must be an object"
            + " with bytes in base64, was object",
        "{'image':{'format':'pdf','source':{'bytes':'JVBERg=='}}} | .image.format must be of the"
            + " kind image, was pdf",
        "{'document':{'format':'exe','source':{'bytes':'JVBERg=='}}} | .document.format: format"
            + " must be one of csv,",
        "{'image':{'source':{'bytes':'JVBERg=='}}} | .image.format must be a text that is not"
            + " blank, was absent",
        "{'type':'image','source':{'type':'file'}} | .source.type must be base64, text or, of an"
            + " image, url, was file",
      })
  void whatCannotBeReadIsRefusedWithFileLineFieldAndValue(String part, String message)
      throws IOException {
    Path file = file(part);
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + " line 1: messages[0].content[0].")
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void onlyUsersSendFiles() throws IOException {
    Path file = folder.resolve("m.json");
    Files.writeString(
        file,
        """
        [[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"sub/x.gif"}}]}]]
        """);
    assertThatThrownBy(() -> MessagesFile.read(file))
        .hasMessage(
            file
                + " [0]: messages[0].content must be text: files go with messages of role user"
                + " only, was with a file");
  }

  @Test
  void theExampleFileIsForBothKindsOfReplay() {
    Path file = Path.of("feeders/messages-images.jsonl");
    List<Message> messages =
        MessagesFile.read(file).conversations().stream()
            .flatMap(conversation -> conversation.messages().stream())
            .toList();
    assertThat(messages)
        .hasSize(3)
        .allSatisfy(message -> assertThat(message.attachments()).hasSize(1));
    assertThat(PayloadFiles.read(file))
        .extracting(payload -> payload.request().messages().get(0).text())
        .containsExactlyElementsOf(messages.stream().map(Message::text).toList());
  }
}
