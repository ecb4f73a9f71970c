/** A script that takes away what the built-ins of Internet Explorer 8 lack: all functions and properties newer than ECMAScript 3. */
export const withoutNewerBuiltins = `
(function (global) {
  var names = Object.getOwnPropertyNames;
  var es3 = {
    "Array.prototype": "concat join pop push reverse shift slice sort splice toString toLocaleString unshift constructor length",
    "String.prototype": "charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substring " +
      "toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString valueOf constructor length",
    "Function.prototype": "apply call toString constructor length name",
    "Object.prototype": "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__",
    "Array": "prototype length name",
    "String": "prototype fromCharCode length name",
    "Date": "prototype parse UTC length name",
    "Object": "prototype length name"
  };
  for (var path in es3) {
    var parts = path.split("."), owner = global[parts[0]], kind = parts[1] ? owner[parts[1]] : owner, own = names(kind);
    for (var j = 0; j < own.length; j++) if ((" " + es3[path] + " ").indexOf(" " + own[j] + " ") < 0) delete kind[own[j]];
  }
})(this);
`;
