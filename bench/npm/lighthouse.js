// lighthouse.js CHROMIUM URL SLOWDOWN: Lighthouse on a page as a phone meets it; its report as JSON.
// SLOWDOWN is how many times slower than this machine the phone is taken to be.
//
// As Lighthouse's own command does it, in a browser that starts for this page, but for one thing:
// the browser of a lab moves a mouse that no phone has, and each move makes it lay out the page at
// once, before its styles are there. So mouse events become touches, as in the device mode of
// Chromium's own tools.
import { argv, stdout } from "node:process";
import lighthouse from "lighthouse";
import { launch } from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

const [chromium, url, slowdown] = argv.slice(2);
const browser = await launch({
  executablePath: chromium,
  headless: chromium.endsWith("headless-shell") ? "shell" : true,
  acceptInsecureCerts: true,
  args: FLAGS,
});
try {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmitTouchEventsForMouse", {
    enabled: true,
    configuration: "mobile",
  });
  const throttling = { cpuSlowdownMultiplier: Number(slowdown) };
  const found = await lighthouse(url, { onlyCategories: CATEGORIES, throttling }, undefined, page);
  stdout.write(JSON.stringify(found.lhr));
} finally {
  await browser.close();
}
