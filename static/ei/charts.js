/* Charts from the figures a page carries as JSON, drawn by ECharts under a strict
   content security policy: SVG renderer, tooltips as rich text, no animation.
   The same figures always stand in a table on the page. The data's shape: docs/frontend.md. */
(function () {
  'use strict';

  var INK = '#1a1a1a', SOFT = '#3f3f3f', GREY = '#5c5c5c', RING = '#8e8e8e';
  var ACCENT = '#004d99', AMBER = '#8a5300', RED = '#b00000';
  var FONT = '"Portal Plex", system-ui, sans-serif';
  var LANGUAGE = document.documentElement.lang === 'en' ? 'en-GB' : 'da-DK';
  var PLAIN = {opacity: 1, decal: {color: 'rgba(0,0,0,0)'}};  /* a decal on a small point looks like dirt */

  function told(value, decimals) {
    return value.toLocaleString(LANGUAGE, {minimumFractionDigits: decimals || 0, maximumFractionDigits: decimals || 0});
  }

  function frame(description) {
    return {
      animation: false,
      textStyle: {fontFamily: FONT},
      aria: {enabled: true, decal: {show: true}, label: {description: description}}
    };
  }

  function tooltip(formatter) {
    return {trigger: 'item', renderMode: 'richText', confine: true, borderColor: RING, textStyle: {color: INK, fontSize: 13}, formatter: formatter};
  }

  /* How a group of points looks. The shape tells; the colour only helps. */
  var KINDS = {
    other: {symbol: 'circle', symbolSize: 6, itemStyle: {color: 'transparent', borderColor: RING, borderWidth: 1.2}},
    own: {symbol: 'circle', symbolSize: 10, itemStyle: {color: ACCENT, borderColor: '#fff', borderWidth: 1}},
    warn: {symbol: 'diamond', symbolSize: 15, itemStyle: {color: AMBER, borderColor: '#fff', borderWidth: 1}},
    bad: {symbol: 'triangle', symbolSize: 15, itemStyle: {color: RED, borderColor: '#fff', borderWidth: 1}},
    good: {symbol: 'triangle', symbolSize: 15, itemStyle: {color: ACCENT, borderColor: '#fff', borderWidth: 1}}
  };

  /* A triangle points down below what was expected; a legend cannot turn its sign, and has one of its own. */
  var DOWN = 'path://M0 0H14L7 12Z';

  function turned(kind, below) {
    return kind.symbol === 'triangle' && below ? 180 : 0;
  }

  /* How far each label must move so that none stands within `gap` pixels of the next. */
  function apart(places, gap) {
    var order = places.map(function (place, index) { return {place: place, index: index, at: place}; });
    order.sort(function (a, b) { return a.place - b.place; });
    order.forEach(function (label, rank) {
      if (rank > 0) label.at = Math.max(label.place, order[rank - 1].at + gap);
    });
    var moved = [];
    order.forEach(function (label) { moved[label.index] = label.at - label.place; });
    return moved;
  }

  /* How many lines a legend of these names takes, about. */
  function linesOf(names, width) {
    return names.reduce(function (before, name) {
      var room = 36 + 7.2 * name.length;
      return before.used + room > width ? {count: before.count + 1, used: room} : {count: before.count, used: before.used + room};
    }, {count: 1, used: 0}).count;
  }

  function funnel(data, wide, height, width) {
    var filled = data.groups.filter(function (group) { return group.points.length; });
    var shown = filled.map(function (group) { return group.name; });
    var signs = filled.map(function (group) {
      var below = group.points.every(function (point) { return point.y < data.centre; });
      return turned(KINDS[group.kind], below) ? {name: group.name, icon: DOWN} : group.name;
    });
    var grid = {left: 48, right: 56, top: 18 + 26 * linesOf(shown, width), bottom: 52};
    var ends = data.limits.map(function (limit) { return limit.points[limit.points.length - 1][1]; }).concat([data.centre]);
    var scale = (height - grid.top - grid.bottom) / (data.y_max - data.y_min);
    var moved = apart(ends.map(function (end) { return (data.y_max - end) * scale; }), 13);
    var step = wide ? data.x_ticks : data.x_ticks.filter(function (_, index) { return index % 2 === 0; });
    var lines = data.limits.map(function (limit, index) {
      return {
        type: 'line', data: limit.points, symbol: 'none', silent: true, z: 1,
        lineStyle: {color: GREY, width: limit.dashed ? 1.2 : 1.4, type: limit.dashed ? [5, 4] : 'solid'},
        endLabel: {show: true, formatter: limit.label, color: GREY, fontSize: 12, distance: 4, offset: [0, moved[index]]}
      };
    });
    var centre = {
      type: 'line', data: [[data.x_min, data.centre], [data.x_max, data.centre]], symbol: 'none', silent: true,
      lineStyle: {color: INK, width: 1},
      endLabel: {show: true, formatter: told(data.centre), color: INK, fontSize: 12, distance: 4, offset: [0, moved[moved.length - 1]]}
    };
    var groups = data.groups.map(function (group) {
      var kind = KINDS[group.kind];
      return {
        name: group.name, type: 'scatter', z: 4, symbol: kind.symbol, symbolSize: kind.symbolSize,
        itemStyle: Object.assign({}, PLAIN, kind.itemStyle),
        label: {show: Boolean(group.named), formatter: '{b}', position: 'right', distance: 6, color: INK, fontSize: 13,
          fontWeight: group.kind === 'bad' ? 600 : 400, textBorderColor: '#fff', textBorderWidth: 3},
        data: group.points.map(function (point) {
          return {
            name: point.name, value: [point.x, point.y],
            symbolRotate: turned(kind, point.y < data.centre),
            label: {position: point.label || 'right'}
          };
        })
      };
    });
    return Object.assign(frame(data.description), {
      grid: grid,
      legend: {top: 0, left: 0, itemGap: 16, itemWidth: 14, itemHeight: 12, textStyle: {fontSize: 13, color: INK},
        data: signs},
      tooltip: tooltip(function (point) {
        return point.name + '\n' + told(point.value[1]) + ' ' + data.y_unit + '\n' + data.x_unit + ': ' + told(point.value[0]);
      }),
      xAxis: {type: 'log', logBase: 10, min: data.x_min, max: data.x_max, name: data.x_name, nameLocation: 'middle', nameGap: 32,
        nameTextStyle: {color: INK, fontSize: 13},
        axisLabel: {customValues: step, color: SOFT, fontSize: 12, lineHeight: 16, formatter: function (value) { return told(value); }},
        axisTick: {customValues: data.x_ticks}, splitLine: {show: false}, minorTick: {show: false}},
      yAxis: {type: 'value', min: data.y_min, max: data.y_max,
        axisLabel: {color: SOFT, fontSize: 12, customValues: data.y_ticks, formatter: function (value) { return told(value); }},
        axisTick: {show: true, customValues: data.y_ticks}, axisLine: {show: true}, splitLine: {show: false}},
      series: lines.concat([centre], groups)
    });
  }

  function intervals(data, wide) {
    var rows = data.rows, decimals = data.decimals === undefined ? 1 : data.decimals;
    function whisker(parameters, api) {
      var low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]);
      var style = {stroke: INK, lineWidth: 1.6, fill: null};
      return {
        type: 'group',
        children: [
          [low[0], low[1], high[0], high[1]],
          [low[0] - 6, low[1], low[0] + 6, low[1]],
          [high[0] - 6, high[1], high[0] + 6, high[1]]
        ].map(function (line) {
          return {type: 'line', shape: {x1: line[0], y1: line[1], x2: line[2], y2: line[3]}, style: style};
        })
      };
    }
    var points = {
      type: 'scatter', z: 4, symbolSize: 10, itemStyle: Object.assign({}, PLAIN, {color: INK}),
      data: rows.map(function (row) {
        if (!row.kind) return row.value;
        var kind = KINDS[row.kind], below = data.limit && row.value < data.limit.value;
        return {value: row.value, symbol: kind.symbol, symbolSize: kind.symbolSize, symbolRotate: turned(kind, below),
          itemStyle: Object.assign({}, PLAIN, kind.itemStyle)};
      }),
      label: {show: true, position: 'right', distance: 8, fontSize: 12, color: INK, textBorderColor: '#fff', textBorderWidth: 3,
        formatter: function (point) { return told(rows[point.dataIndex].value); }}
    };
    if (data.limit) {
      points.markLine = {silent: true, symbol: 'none', animation: false, lineStyle: {color: GREY, type: [5, 4], width: 1.2},
        label: {formatter: data.limit.label, color: SOFT, fontSize: 12}, data: [{yAxis: data.limit.value}]};
    }
    return Object.assign(frame(data.description), {
      grid: {left: 40, right: 40, top: 16, bottom: 40},
      tooltip: tooltip(function (point) {
        var row = rows[point.dataIndex];
        return row.name + '\n' + told(row.value, decimals) + ' ' + data.unit + ' (' + told(row.low, decimals) + '–' + told(row.high, decimals) + ')'
          + (row.note ? '\n' + row.note : '');
      }),
      xAxis: {type: 'category', data: rows.map(function (row) { return wide ? row.label : row.short || row.label; }), axisTick: {alignWithLabel: true},
        axisLabel: {color: SOFT, fontSize: 12, lineHeight: 16, interval: 0}},
      yAxis: {type: 'value', min: data.y_min, max: data.y_max,
        axisLabel: {color: SOFT, fontSize: 12, customValues: data.y_ticks, formatter: function (value) { return told(value); }},
        splitLine: {show: false}, axisLine: {show: true}},
      series: [
        {type: 'custom', silent: true, renderItem: whisker, encode: {x: 0, y: [1, 2]},
          data: rows.map(function (row, index) { return [index, row.low, row.high]; })},
        points
      ]
    });
  }

  /* A line between two figures in order, with what happened there. */
  function happening(mark, bottom, top) {
    return {
      type: 'custom', silent: true, z: 2, data: [[mark.before, bottom]],
      renderItem: function (parameters, api) {
        var left = api.coord([mark.before - 1, bottom]), right = api.coord([mark.before, top]), middle = (left[0] + right[0]) / 2;
        return {
          type: 'group',
          children: [
            {type: 'line', shape: {x1: middle, y1: left[1], x2: middle, y2: right[1]}, style: {stroke: INK, lineWidth: 1.2, lineDash: [2, 3]}},
            {type: 'text', style: {text: mark.label, x: middle + 6, y: right[1], fill: INK, fontSize: 12, fontFamily: FONT}}
          ]
        };
      }
    };
  }

  /* Figures in order between their limits: an XmR chart. */
  function process(data, wide, height, width) {
    var rows = data.rows, grid = {left: 48, right: 56, top: 16, bottom: 44};
    var scale = (height - grid.top - grid.bottom) / (data.y_max - data.y_min);
    var moved = apart(data.lines.map(function (line) { return (data.y_max - line.value) * scale; }), 14);
    var every = Math.ceil(rows.length * 64 / (width - grid.left - grid.right));
    return Object.assign(frame(data.description), {
      grid: grid,
      tooltip: tooltip(function (point) {
        var row = rows[point.dataIndex];
        return row.name + '\n' + told(row.value, data.decimals) + ' ' + data.unit + (row.note ? '\n' + row.note : '');
      }),
      xAxis: {type: 'category', boundaryGap: true, data: rows.map(function (row) { return row.label; }), axisTick: {alignWithLabel: true},
        /* counted from the latest, which is always named */
        axisLabel: {color: SOFT, fontSize: 12, lineHeight: 16, interval: function (index) { return (rows.length - 1 - index) % every === 0; }}},
      yAxis: {type: 'value', min: data.y_min, max: data.y_max,
        axisLabel: {color: SOFT, fontSize: 12, customValues: data.y_ticks, formatter: function (value) { return told(value, value % 1 ? data.decimals : 0); }},
        axisTick: {show: true, customValues: data.y_ticks}, axisLine: {show: true}, splitLine: {show: false}},
      series: data.lines.map(function (line, index) {
        return {
          type: 'line', symbol: 'none', silent: true, z: 1, data: rows.map(function () { return line.value; }),
          lineStyle: {color: line.dashed ? GREY : INK, width: line.dashed ? 1.2 : 1, type: line.dashed ? [5, 4] : 'solid'},
          endLabel: {show: true, formatter: line.label, color: line.dashed ? GREY : INK, fontSize: 12, distance: 14, offset: [0, moved[index]]}
        };
      }).concat([{
        type: 'line', z: 3, symbol: 'circle', symbolSize: 8, showAllSymbol: true, lineStyle: {color: ACCENT, width: 1.6},
        itemStyle: Object.assign({}, PLAIN, {color: ACCENT, borderColor: '#fff', borderWidth: 1}),
        data: rows.map(function (row) {
          if (!row.kind) return row.value;
          var kind = KINDS[row.kind], below = row.value < data.lines[1].value;
          return {value: row.value, symbol: kind.symbol, symbolSize: 13, symbolRotate: turned(kind, below),
            itemStyle: Object.assign({}, PLAIN, kind.itemStyle)};
        })
      }], data.mark ? [happening(data.mark, data.y_min, data.y_max)] : [])
    });
  }

  /* The unemployed beside the open positions: points in the order of time, the last one marked. */
  function beveridge(data, wide) {
    function axis(name, min, max, ticks, gap) {
      return {type: 'value', min: min, max: max, name: name, nameLocation: 'middle', nameGap: gap, nameTextStyle: {color: INK, fontSize: 13},
        axisLabel: {color: SOFT, fontSize: 12, customValues: ticks, formatter: function (value) { return told(value, value % 1 ? (value * 10 % 1 ? 2 : 1) : 0); }},
        axisTick: {show: true, customValues: ticks}, axisLine: {show: true, onZero: false}, splitLine: {show: false}};
    }
    return Object.assign(frame(data.description), {
      grid: {left: 64, right: 32, top: 40, bottom: 52},
      legend: {top: 0, left: 0, itemGap: 16, itemWidth: 22, itemHeight: 10, textStyle: {fontSize: 13, color: INK}},
      tooltip: tooltip(function (point) {
        return point.seriesName + '\n' + point.name + '\n' + data.x_name + ': ' + told(point.value[0], 1) + '\n' + data.y_name + ': ' + told(point.value[1], data.decimals);
      }),
      xAxis: axis(data.x_name, data.x_min, data.x_max, data.x_ticks, 32),
      yAxis: axis(data.y_name, data.y_min, data.y_max, data.y_ticks, 46),
      series: data.series.map(function (line) {
        var is_own = line.kind === 'own', colour = is_own ? ACCENT : GREY;
        return {
          name: line.name, type: 'line', z: is_own ? 4 : 3, symbol: 'circle', symbolSize: 8, showAllSymbol: true,
          lineStyle: {color: colour, width: is_own ? 1.8 : 1.2, type: is_own ? 'solid' : [5, 4]},
          itemStyle: Object.assign({}, PLAIN, {color: is_own ? colour : '#fff', borderColor: colour, borderWidth: 1.4}),
          data: line.points.map(function (point, index) {
            var is_last = index === line.points.length - 1;
            return {
              name: point.name, value: [point.x, point.y], symbol: is_last ? 'rect' : 'circle', symbolSize: is_last ? 13 : 8,
              label: {show: is_own && (wide || is_last || index === 0), formatter: point.label, position: 'right', distance: 8, fontSize: 12,
                fontWeight: is_last ? 600 : 400, color: INK, textBorderColor: '#fff', textBorderWidth: 3}
            };
          }),
          labelLayout: {hideOverlap: true}
        };
      })
    });
  }

  var BUILDERS = {funnel: funnel, intervals: intervals, process: process, beveridge: beveridge};

  document.querySelectorAll('[data-chart]').forEach(function (element) {
    var data = JSON.parse(document.getElementById(element.dataset.options).textContent);
    var build = BUILDERS[element.dataset.chart];
    element.textContent = '';
    var chart = echarts.init(element, null, {renderer: 'svg'});
    function draw() { chart.setOption(build(data, element.clientWidth > 440, element.clientHeight, element.clientWidth), true); }
    draw();
    window.addEventListener('resize', function () { chart.resize(); draw(); });
  });
}());
