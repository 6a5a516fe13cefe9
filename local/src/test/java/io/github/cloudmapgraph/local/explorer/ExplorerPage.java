package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The explorer in a browser, with an ear for all that a page should not do. */
final class ExplorerPage implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path PICTURES = Path.of("target", "explorer");

    /** Far longer than anything takes; a machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The page's own server and Neo4j, both of this machine, and what a page makes for itself. */
    private static final Pattern OWN =
            Pattern.compile("(http|ws)://127\\.0\\.0\\.1:\\d+(/.*)?|file:///.*|(blob|data):.*", Pattern.DOTALL);

    private final BrowserContext context;
    private final Page page;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private boolean problemsExpected;

    /** One browser for all tests of the JVM, until it ends. */
    private static final class Shared {
        static final Browser BROWSER = launch();

        private static Browser launch() {
            try {
                var options = new BrowserType.LaunchOptions().setHeadless(true);
                Chromium.ofThisMachine().find().ifPresent(options::setExecutablePath);
                return Playwright.create(
                                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                        .chromium()
                        .launch(options);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ExplorerPage(String address, int width, int height) {
        context = Shared.BROWSER.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setAcceptDownloads(true));
        page = context.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onWebSocket(socket -> requests.add(socket.url()));
        context.onPage(other -> problems.add("another page opened: " + other.url()));
        page.onDialog(this::refuse);
        page.onPageError(error -> problems.add("error: " + error));
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                problems.add(message.type() + ": " + message.text());
            }
        });
        page.navigate(address);
    }

    private void refuse(Dialog dialog) {
        problems.add("dialog: " + dialog.message());
        dialog.dismiss();
    }

    /** Opens an address on a laptop's screen, whatever it shows. */
    static ExplorerPage open(String address) {
        return new ExplorerPage(address, 1440, 900);
    }

    /** Opens an address and waits until the graph is drawn. */
    static ExplorerPage connected(String address) {
        ExplorerPage explorer = open(address);
        explorer.awaitConnected();
        return explorer;
    }

    void awaitConnected() {
        await("the graph", () -> of("counts").count() == 1 && of("graph").count() == 1);
        awaitStill();
    }

    /** Waits until nothing moves any more. */
    void awaitStill() {
        Drawn[] last = {drawn()};
        await("a picture at rest", () -> {
            page.waitForTimeout(150);
            Drawn now = drawn();
            boolean still = now.equals(last[0]);
            last[0] = now;
            return still;
        });
    }

    Page page() {
        return page;
    }

    Locator of(String testId) {
        return page.getByTestId(testId);
    }

    /** A number that the page says of the whole graph, such as {@code services}. */
    int count(String what) {
        return Integer.parseInt(String.valueOf(of("counts").getAttribute("data-" + what)));
    }

    Drawn drawn() {
        Object json = page.evaluate("() => JSON.stringify(window.cloudMapGraphExplorer.drawn())");
        try {
            return Drawn.of(JSON.readTree(String.valueOf(json)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("drawn() is not JSON", e);
        }
    }

    /** Clicks a node where it is on the canvas. */
    void click(String id) {
        pointAt(id);
        page.mouse().down();
        page.mouse().up();
    }

    /** Moves the mouse to a node. */
    void pointAt(String id) {
        // Show all: what is beyond the edge cannot be clicked.
        of("graph").press("0");
        awaitStill();
        Drawn.Node node = drawn().node(id).orElseThrow(() -> new AssertionError(id + " is not drawn"));
        var canvas = of("graph").boundingBox();
        page.mouse().move(canvas.x + node.screenX(), canvas.y + node.screenY());
    }

    void select(String arn) {
        page.locator(".services [data-arn='" + arn + "']").click();
        await("the details of " + arn, () -> arn.equals(attribute("details", "data-arn")));
    }

    String attribute(String testId, String name) {
        Locator found = of(testId);
        return found.count() == 0 ? "" : String.valueOf(found.getAttribute(name));
    }

    /** Lets the page save a file, and returns its content. */
    byte[] export(String format) {
        of("export").click();
        Download download = page.waitForDownload(() -> of("export-" + format).click());
        try {
            return Files.readAllBytes(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> "");
    }

    void await(String what, BooleanSupplier condition, Supplier<String> instead) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                screenshot("waited-for-" + what.replaceAll("[^a-z]+", "-"));
                throw new AssertionError(
                        "Waited in vain for %s; problems: %s %s".formatted(what, problems, instead.get()));
            }
            page.waitForTimeout(50);
        }
    }

    /** Keeps a picture in {@code target/explorer} for people. */
    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** Lets the browser complain from now on, such as of connections that are cut. */
    void expectProblems() {
        problemsExpected = true;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        context.close();
        assertThat(requests).as("requests").allMatch(url -> OWN.matcher(url).matches());
        if (!problemsExpected) {
            assertThat(problems).as("what the browser complained of").isEmpty();
        }
    }
}
