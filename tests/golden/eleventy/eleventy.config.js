const { DateTime } = require("luxon");

module.exports = function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addFilter("dayPath", (date) => {
    return DateTime.fromJSDate(date, { zone: "utc" }).toFormat("yyyy/LL/dd");
  });
  return {
    dir: { input: "src", output: "_site" },
    pathPrefix: "/bridges/",
  };
};
