# SPDX-License-Identifier: MIT
"""A headless Chromium, spoken to over a pipe in the DevTools protocol."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--hide-scrollbars", "--force-device-scale-factor=1"]

PATIENCE = 60  # seconds that the browser may take for an answer

# Keys as the protocol wants them: their codes, and what they type.
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "Space": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
        "ArrowRight": 39, "ArrowDown": 40}


def program():
    """The browser, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """With one page. What it says on its console, and what it asks the network for, is kept."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="pagelap-browser-")
        ours, theirs = os.pipe(), os.pipe()

        def connect():
            # Chromium reads from descriptor 3 and writes to 4; one of the pipes may have these numbers already.
            read, write = os.dup(ours[0]), os.dup(theirs[1])
            read, write = [os.dup2(fd, number, inheritable=True) for fd, number in ((read, 23), (write, 24))]
            os.dup2(read, 3, inheritable=True)
            os.dup2(write, 4, inheritable=True)

        self.process = subprocess.Popen(
            [program(), *OPTIONS, "--user-data-dir=" + self.directory.name, "--remote-debugging-pipe", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(ours[0])
        os.close(theirs[1])
        self.write, self.read, self.buffer = ours[1], theirs[0], b""
        self.count, self.session, self.events = 0, None, []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session = None
        try:
            self.call("Browser.close")
        except (EOFError, OSError):
            self.process.kill()
        self.process.wait(timeout=30)
        os.close(self.write)
        os.close(self.read)
        self.directory.cleanup()

    def message(self):
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [], PATIENCE)[0]:
                raise TimeoutError("the browser says nothing")
            got = os.read(self.read, 1 << 20)
            if not got:
                raise EOFError("the browser has gone")
            self.buffer += got
        first, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(first)

    def call(self, method, **parameters):
        self.count += 1
        request = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path, width=1280, height=800, dark=False, script=True):
        """Loads the file at PATH anew. Returns the seconds that took."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 500)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.navigate("about:blank")
        return self.navigate("file://" + os.path.abspath(path))

    def navigate(self, url):
        self.events.clear()
        start = time.monotonic()
        self.call("Page.navigate", url=url)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.message())
        return time.monotonic() - start

    def run(self, expression):
        """What EXPRESSION of JavaScript gives."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def press(self, key):
        codes = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        text = {"Enter": "\r", "Space": " "}.get(key)
        self.call("Input.dispatchKeyEvent", type="keyDown", **codes, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **codes)

    def place(self, selector):
        """The middle of the first element that SELECTOR finds, brought into view."""
        return self.run(f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
            e.scrollIntoView({{block: "center", inline: "center"}}); const b = e.getBoundingClientRect();
            return [b.x + b.width / 2, b.y + b.height / 2]; }})()""")

    def move(self, selector):
        x, y = self.place(selector)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector):
        x, y = self.place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        time.sleep(0.1)  # a link is followed after the click, not in it

    def screenshot(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def pdf(self, path):
        """As it is printed on A4."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, paperWidth=8.27,
                         paperHeight=11.69)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def complaints(self):
        """What the console has to say of the page, and what the page asked the network for."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown" or method == "Log.entryAdded":
                found.append(json.dumps(parameters)[:300])
            elif method == "Network.requestWillBeSent" and not parameters["request"]["url"].startswith("file:"):
                found.append("asks for " + parameters["request"]["url"])
        return found
